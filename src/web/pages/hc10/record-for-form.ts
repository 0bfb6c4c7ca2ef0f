import type {
  AllergyIntolerance,
  Bundle,
  Condition,
  DiagnosticReport,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
} from '@medplum/fhirtypes';
import { allergiesInForce, stands } from '../../../config/standing-facts.js';
import { type Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import { hc10FieldsOf } from '../../../referral/hc10/hc10-observations.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle } from '../../resources/in-bundle.js';
import { observationText } from '../../resources/observation-text.js';
import { plainUnits } from '../../resources/plain-units.js';

/** Something on record that may go along. */
export interface Attachable {
  /** `Type/id`. */
  readonly reference: string;
  readonly text: string;
  /** FHIR date or dateTime. */
  readonly at?: string;
  /** Marked unless the person says otherwise. */
  readonly suggested: boolean;
}

/** What the form takes from a person's record. */
export interface RecordForForm {
  readonly patient: Patient & { readonly id: string };
  readonly allergies: readonly AllergyIntolerance[];
  readonly problems: readonly (Attachable & { readonly diagnosis: string })[];
  readonly medicines: readonly Attachable[];
  readonly signs: readonly (Attachable & { readonly fields: readonly Hc10Field[] })[];
  readonly results: readonly Attachable[];
}

const DAY_MS = 86_400_000;
/** Signs of today say how the person is now; older ones are shown and left out. */
const SIGNS_MS = DAY_MS;
/** A result of the last three months is usually wanted. */
const RESULTS_MS = 90 * DAY_MS;
const MOST = { problems: 20, medicines: 20, signs: 60, results: 20, reports: 10 } as const;

const isWithin = (at: string | undefined, ms: number): boolean => at !== undefined && Date.now() - Date.parse(at) <= ms;

/** The newest of each kind. */
const newestOf = (
  observations: readonly (Observation & { id: string })[],
): readonly (Observation & { id: string })[] => {
  const kinds = new Map<string, Observation & { id: string }>();
  for (const one of observations) {
    const kind = one.code.coding?.[0]?.code ?? one.code.text ?? one.id;
    if (!kinds.has(kind)) kinds.set(kind, one);
  }
  return [...kinds.values()];
};

const observed = (page: PageContext, one: Observation & { id: string }, ms: number): Attachable => {
  const { name, value, at } = observationText(page, one);
  return {
    reference: `Observation/${one.id}`,
    text: `${name}: ${plainUnits(value)}`,
    ...(at === undefined ? {} : { at }),
    suggested: isWithin(at, ms),
  };
};

function reported(page: PageContext, one: DiagnosticReport & { id: string }): Attachable {
  const at = one.effectiveDateTime ?? one.effectivePeriod?.start ?? one.issued;
  const name = conceptText(page, one.code);
  return {
    reference: `DiagnosticReport/${one.id}`,
    text: one.conclusion === undefined ? name : `${name}: ${one.conclusion}`,
    ...(at === undefined ? {} : { at }),
    suggested: isWithin(at, RESULTS_MS),
  };
}

const taken = (
  page: PageContext,
  one: (MedicationRequest | MedicationStatement) & { id: string },
  at: string | undefined,
): Attachable => ({
  reference: `${one.resourceType}/${one.id}`,
  text: conceptText(page, one.medicationCodeableConcept),
  ...(at === undefined ? {} : { at }),
  suggested: true,
});

/** Problems that are named alike are one problem. */
function problemsOf(page: PageContext, conditions: readonly (Condition & { id: string })[]): RecordForForm['problems'] {
  const found = conditions.filter(stands).map((one) => {
    const text = conceptText(page, one.code);
    const code = one.code?.coding?.[0]?.code;
    const at = one.recordedDate ?? one.onsetDateTime;
    return {
      reference: `Condition/${one.id}`,
      text,
      ...(at === undefined ? {} : { at }),
      suggested: true,
      diagnosis: code === undefined ? text : `${code} ${text}`,
    };
  });
  return found.filter((one, index) => found.findIndex(({ text }) => text === one.text) === index);
}

/**
 * Reads what the form needs of a record. @param id of the Patient
 * @throws ServiceError 404 when the person does not exist or is out of reach
 */
export async function recordForForm(page: PageContext, id: string): Promise<RecordForForm> {
  const patient = await page.fhir<Patient & { id: string }>('GET', `Patient/${encodeURIComponent(id)}`);
  const of = async (path: string): Promise<Bundle> =>
    (await page.fhir<Bundle>('GET', `${path}&patient=Patient/${patient.resource.id}`)).resource;
  const [allergies, conditions, requests, statements, signs, results, reports] = await Promise.all([
    of('AllergyIntolerance?_count=50'),
    of(`Condition?clinical-status=active&_sort=-recorded-date&_count=${MOST.problems}`),
    of(`MedicationRequest?status=active&_sort=-authoredon&_count=${MOST.medicines}`),
    of(`MedicationStatement?status=active&_count=${MOST.medicines}`),
    of(`Observation?category=vital-signs&status=final,amended,corrected&_sort=-date&_count=${MOST.signs}`),
    of(`Observation?category=laboratory&status=final,amended,corrected&_sort=-date&_count=${MOST.results}`),
    of(`DiagnosticReport?status=final,amended,corrected&_sort=-date&_count=${MOST.reports}`),
  ]);
  return {
    patient: patient.resource,
    allergies: allergiesInForce(inBundle(allergies, 'AllergyIntolerance')),
    problems: problemsOf(page, inBundle(conditions, 'Condition')),
    medicines: [
      ...inBundle(requests, 'MedicationRequest').map((one) => taken(page, one, one.authoredOn)),
      ...inBundle(statements, 'MedicationStatement').map((one) => taken(page, one, one.effectiveDateTime)),
    ],
    signs: newestOf(inBundle(signs, 'Observation')).map((one) => ({
      ...observed(page, one, SIGNS_MS),
      fields: hc10FieldsOf(one),
    })),
    results: [
      ...inBundle(reports, 'DiagnosticReport').map((one) => reported(page, one)),
      ...inBundle(results, 'Observation').map((one) => observed(page, one, RESULTS_MS)),
    ],
  };
}
