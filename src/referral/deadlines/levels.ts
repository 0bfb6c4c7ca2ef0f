import type { Words } from '../../words.js';

/** Who is told of an overdue referral, one after the other (LN23:2019 7.2.12, section 8). */
export const LEVELS = {
  uau: { es: 'UAU del establecimiento', en: "the facility's UAU" },
  network: { es: 'Gestor de la red', en: 'network manager' },
  region: { es: 'Región sanitaria', en: 'health region' },
} as const satisfies Record<string, Words>;

export type Level = keyof typeof LEVELS;

/** In their order: each is above the one before. */
export const ALL_LEVELS = Object.keys(LEVELS) as [Level, ...Level[]];

export const isLevel = (code: string | undefined): code is Level => code !== undefined && Object.hasOwn(LEVELS, code);
