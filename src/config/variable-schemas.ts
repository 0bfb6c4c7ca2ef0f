import { z } from 'zod';
import type { Words } from '../words.js';

/** A row of the table of settings. */
export interface Variable {
  readonly name: string;
  /** Parses the text of the environment; an absent variable reaches it as undefined. */
  readonly schema: z.ZodType;
  /** Default as documentation shows it. */
  readonly fallback: string;
  readonly meaning: Words;
  /** Rule for NODE_ENV=production beyond the schema; checked in `config.ts`. */
  readonly production?: 'required' | 'not-true';
}

export const oneOf = <const Values extends readonly [string, ...string[]]>(
  ...values: Values
): z.ZodEnum<{ [V in Values[number]]: V }> => z.enum(values, { error: values.join(' | ') });
export const flag = oneOf('true', 'false', '1', '0').transform((value) => value === 'true' || value === '1');
export const integer = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, { error: `${min}-${max}` })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, { error: `>= ${min}` })
        .max(max, { error: `<= ${max}` }),
    );
export const text = z.string().min(1);
export const list = text.transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** Proxies that are believed about the caller's address: a number of hops, or names and networks (Express `trust proxy`). */
export const proxies = text.transform((value) =>
  /^\d+$/.test(value) ? Number(value) : value.split(',').map((p) => p.trim()),
);

/** Address without a slash at the end. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'https://...' })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional();
