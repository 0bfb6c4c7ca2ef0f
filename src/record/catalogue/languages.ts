import { z } from 'zod';
import { readCatalogue } from './read-catalogue.js';

/** A language spoken in Honduras beside Spanish. */
export interface SpokenLanguage {
  /** BCP 47. */
  readonly code: string;
  /** Name in Spanish. */
  readonly display: string;
}

/** Living languages of the peoples, Spanish first: what a person may prefer to be spoken to in. */
export const LANGUAGES: readonly SpokenLanguage[] = [
  { code: 'es', display: 'Español' },
  ...Object.values(
    readCatalogue(
      'population',
      z.object({ languages: z.record(z.string(), z.object({ code: z.string(), display: z.string() })) }),
    ).languages,
  ).map(({ code, display }) => ({ code, display })),
];
