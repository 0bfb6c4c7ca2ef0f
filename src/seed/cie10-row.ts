import { z } from 'zod';

/** One code of the ministry's CIE-10 table with its edit rules (domain norm 5: sex, ages, death, pregnancy, principal). */
export interface Cie10Row {
  /** With the point, for example `A00.9`. */
  readonly code: string;
  readonly text: string;
  readonly chapter?: string;
  readonly group?: string;
  readonly category?: string;
  readonly sex?: 'male' | 'female';
  /** Ages in days, both included. */
  readonly minAgeDays?: number;
  readonly maxAgeDays?: number;
  /** May be a cause of death. */
  readonly death?: boolean;
  readonly pregnancy?: boolean;
  /** May be the principal diagnosis. */
  readonly principal?: boolean;
  readonly valid: boolean;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** Columns and the headings they are known by, in lower case without accents. */
export const CIE10_COLUMNS = {
  code: ['code', 'codigo', 'c_cie', 'cie10'],
  text: ['text', 'descripcion', 'texto', 'nombre', 'd_cie', 'diagnostico'],
  chapter: ['chapter', 'capitulo'],
  group: ['group', 'grupo'],
  category: ['category', 'categoria'],
  sex: ['sex', 'sexo'],
  minAge: ['min_age', 'edad_minima', 'edad_min'],
  minUnit: ['min_unit', 'unidad_edad_minima', 'unidad_min'],
  maxAge: ['max_age', 'edad_maxima', 'edad_max'],
  maxUnit: ['max_unit', 'unidad_edad_maxima', 'unidad_max'],
  unit: ['unit', 'unidad', 'unidad_edad'],
  death: ['death', 'muerte', 'causa_muerte', 'defuncion'],
  pregnancy: ['pregnancy', 'embarazo'],
  principal: ['principal', 'diagnostico_principal', 'permite_principal'],
  valid: ['valid', 'valido', 'vigente', 'activo'],
  validFrom: ['from', 'desde', 'vigente_desde'],
  validTo: ['to', 'hasta', 'vigente_hasta'],
} as const satisfies Record<string, readonly string[]>;
export type Cie10Column = keyof typeof CIE10_COLUMNS;

const plain = (text: string): string => text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Column for a heading; undefined for a heading that is not ours. */
export function columnOf(heading: string): Cie10Column | undefined {
  const name = plain(heading)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  const columns = Object.entries(CIE10_COLUMNS) as [Cie10Column, readonly string[]][];
  return columns.find(([, names]) => names.includes(name))?.[0];
}

/** Days of an age unit: codes of form HC-13 (1 hours, 2 days, 3 months, 4 years) or words. */
const UNIT_DAYS: Readonly<Record<string, number>> = {
  '1': 1 / 24,
  h: 1 / 24,
  hora: 1 / 24,
  '2': 1,
  d: 1,
  dia: 1,
  '3': 30.4375,
  m: 30.4375,
  mes: 30.4375,
  '4': 365.25,
  a: 365.25,
  ano: 365.25,
  year: 365.25,
  month: 30.4375,
  day: 1,
  hour: 1 / 24,
};
const unitDays = (word: string): number | undefined => UNIT_DAYS[word] ?? UNIT_DAYS[word.replace(/(es|s)$/, '')];

/** In Honduran forms H is hombre and M is mujer. */
const SEXES: Readonly<Record<string, Cie10Row['sex'] | 'any'>> = {
  '': 'any',
  a: 'any',
  ambos: 'any',
  ambas: 'any',
  h: 'male',
  hombre: 'male',
  masculino: 'male',
  male: 'male',
  m: 'female',
  mujer: 'female',
  f: 'female',
  femenino: 'female',
  female: 'female',
};
const FLAGS: Readonly<Record<string, boolean>> = {
  s: true,
  si: true,
  '1': true,
  true: true,
  n: false,
  no: false,
  '0': false,
  false: false,
};

const text = z.string().trim();
const known = <T>(table: Readonly<Record<string, T>>, es: string): z.ZodType<T, string> =>
  z.string().transform((value, context) => {
    const found = table[plain(value)];
    if (found === undefined) context.addIssue({ code: 'custom', message: `${es}: «${value}»` });
    return found as T;
  });
const flag = z.union(
  [
    z
      .string()
      .regex(/^\s*$/)
      .transform(() => undefined),
    known(FLAGS, 'se espera sí o no'),
  ],
  { error: ({ input }) => `se espera sí o no: «${String(input)}»` },
);
const age = text
  .regex(/^(\d{1,4})?$/, 'la edad debe ser un entero')
  .transform((value) => (value === '' ? undefined : Number(value)));
const unit = z.string().transform((value, context) => {
  if (value.trim() === '') return undefined;
  const days = unitDays(plain(value));
  if (days === undefined) context.addIssue({ code: 'custom', message: `unidad de edad desconocida: «${value}»` });
  return days;
});
const date = text.regex(/^(\d{4}-\d{2}-\d{2})?$/, 'la fecha debe ser AAAA-MM-DD');

/** `A009`, `A00.9`, `a35x` -> `A00.9`, `A35`. */
const code = text
  .toUpperCase()
  .regex(/^[A-Z]\d{2}(\.?(\d{1,2}|X))?$/, 'el código no tiene la forma de la CIE-10 (A00, A00.9)')
  .transform((value) =>
    value
      .replace('.', '')
      .replace(/X$/, '')
      .replace(/^(.{3})(.+)$/, '$1.$2'),
  );

/** A record by column, every column a text (empty when the file lacks it), to a row; messages in Spanish. */
export const cie10Row = z
  .object({
    code,
    text: text.min(1, 'falta la descripción'),
    chapter: text,
    group: text,
    category: text,
    sex: known(SEXES, 'el sexo debe ser H, M o vacío'),
    minAge: age,
    minUnit: unit,
    maxAge: age,
    maxUnit: unit,
    unit,
    death: flag,
    pregnancy: flag,
    principal: flag,
    valid: flag,
    validFrom: date,
    validTo: date,
  })
  .transform((row, context): Cie10Row => {
    const years = 365.25;
    const minAgeDays = row.minAge === undefined ? undefined : row.minAge * (row.minUnit ?? row.unit ?? years);
    const maxAgeDays = row.maxAge === undefined ? undefined : row.maxAge * (row.maxUnit ?? row.unit ?? years);
    if (minAgeDays !== undefined && maxAgeDays !== undefined && minAgeDays > maxAgeDays)
      context.addIssue({ code: 'custom', message: 'la edad mínima es mayor que la máxima' });
    const optional = {
      chapter: row.chapter || undefined,
      group: row.group || undefined,
      category: row.category || undefined,
      sex: row.sex === 'any' ? undefined : row.sex,
      minAgeDays,
      maxAgeDays,
      death: row.death,
      pregnancy: row.pregnancy,
      principal: row.principal,
      validFrom: row.validFrom || undefined,
      validTo: row.validTo || undefined,
    };
    const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
    return { code: row.code, text: row.text, valid: row.valid ?? true, ...given };
  });
