import type { Condition, Patient } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Words } from '../words.js';
import { saysPregnancy } from './groups-of.js';
import { objectsIn } from './untrusted.js';
import { yearsOf } from './years-of.js';

/** What of a person who waits is known to whoever reads the list. */
interface Known {
  readonly patient: Patient;
  /** Diagnosis that the referral names. */
  readonly diagnosis?: Condition | undefined;
  readonly now: Date;
}

interface ConditionRow extends Words {
  readonly holds: (known: Known) => boolean;
}

const has =
  (extension: string) =>
  ({ patient }: Known): boolean =>
    objectsIn(patient.extension).some(
      ({ url, valueBoolean }) => url === extensionUrl(extension) && valueBoolean !== false,
    );

const aged =
  (fits: (years: number) => boolean) =>
  ({ patient, now }: Known): boolean => {
    const years = yearsOf(patient, now);
    return years !== undefined && fits(years);
  };

/**
 * Conditions for which a person who waits is preferred (referral-anchors 2.5, row 18). The reference names them beside the
 * order and gives no weights: they are shown on the row, so that whoever books sees them, and change no place; who is to come first
 * because of one is moved by hand, with name and reason.
 */
export const PREFERENCES = {
  pregnant: {
    es: 'Embarazada',
    en: 'Pregnant',
    holds: ({ diagnosis }) => diagnosis !== undefined && saysPregnancy(diagnosis),
  },
  'under-five': { es: 'Menor de 5 años', en: 'Under five', holds: aged((years) => years < 5) },
  older: { es: 'Persona mayor', en: 'Older person', holds: aged((years) => years >= 60) },
  disability: { es: 'Discapacidad', en: 'Disability', holds: has('disability') },
  indigenous: { es: 'Pueblo indígena o afrohondureño', en: 'Indigenous or Afro-Honduran people', holds: has('pueblo') },
  'hard-to-reach': {
    es: 'Vive lejos o con difícil acceso',
    en: 'Lives in a hard-to-reach place',
    holds: has('hard-to-reach'),
  },
} as const satisfies Record<string, ConditionRow>;

export type Preference = keyof typeof PREFERENCES;

const ALL_PREFERENCES = Object.keys(PREFERENCES) as readonly Preference[];

/** Conditions that hold for a person, in the order of the table. */
export const preferencesOf = (known: Known): readonly Preference[] =>
  ALL_PREFERENCES.filter((name) => PREFERENCES[name].holds(known));
