import type { Words } from '../../words.js';

/** How the time of a term is counted. A working day is as long as the workday of the edition. */
export const UNITS = {
  'elapsed-hours': { es: 'horas corridas', en: 'elapsed hours' },
  'working-hours': { es: 'horas hábiles', en: 'working hours' },
  'working-days': { es: 'días hábiles', en: 'working days' },
} as const satisfies Record<string, Words>;

export type Unit = keyof typeof UNITS;

export const ALL_UNITS = Object.keys(UNITS) as [Unit, ...Unit[]];

export const isUnit = (code: string | undefined): code is Unit => code !== undefined && Object.hasOwn(UNITS, code);
