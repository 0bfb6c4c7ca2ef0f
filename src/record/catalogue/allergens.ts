import { z } from 'zod';
import { readCatalogue } from './read-catalogue.js';

/** A substance that often causes allergies. */
export interface Allergen {
  readonly key: string;
  readonly display: string;
  readonly category: 'medication' | 'food' | 'environment';
  /** ATC code of a medicine. */
  readonly atc?: string | undefined;
}

/** The usual allergens, medicines first: choices of a form. Any other substance is written in words. */
export const ALLERGENS: readonly Allergen[] = readCatalogue(
  'allergens',
  z.array(
    z.object({
      key: z.string(),
      display: z.string(),
      category: z.enum(['medication', 'food', 'environment']),
      atc: z.string().optional(),
    }),
  ),
);
