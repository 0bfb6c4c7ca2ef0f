import type {
  AllergyIntolerance,
  Bundle,
  Condition,
  Encounter,
  Immunization,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Parameters,
  Patient,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { reachOf } from '../../../access/policy/policy-table.js';
import { groupOf } from '../../../access/policy/type-groups.js';
import { fault } from '../../../errors.js';
import { isReferral } from '../../../referral/vocabulary.js';
import type { PageContext } from '../../page-context.js';
import { inBundle, parametersOf } from '../../resources/in-bundle.js';
import { type ReferralRow, referralRows } from '../../resources/referral-rows.js';
import { readsClinical } from './audiences.js';

type Known<T> = T & { readonly id: string };

/** One line of `$timeline`. */
export interface TimelineEvent {
  /** FHIR date or dateTime. */
  readonly date: string;
  /** Resource type. */
  readonly kind: string;
  readonly text: string;
  /** State of a referral. */
  readonly state?: string;
  readonly place?: string;
  /** `Type/id`. */
  readonly reference: string;
}

/** A referral with its newest leg; a draft has none. */
export interface RecordReferral {
  readonly order: Known<ServiceRequest>;
  readonly leg?: ReferralRow;
}

export interface ClinicalData {
  readonly allergies: readonly AllergyIntolerance[];
  readonly conditions: readonly Condition[];
  readonly medicines: readonly (MedicationStatement | MedicationRequest)[];
  readonly vaccines: readonly Immunization[];
  /** Newest first. */
  readonly studies: readonly Known<Observation>[];
  /** Newest first; absent when the record is too large for one answer. */
  readonly events?: readonly TimelineEvent[];
}

/** All that the page of a record shows. */
export interface RecordData {
  readonly patient: Known<Patient>;
  readonly referrals: readonly RecordReferral[];
  /** Visits, for who does not see the clinical part. */
  readonly visits: readonly Known<Encounter>[];
  /** Absent for posts that do not see it. */
  readonly clinical?: ClinicalData;
  readonly tooLarge: boolean;
}

const SUMMARY_TYPES = [
  ...['Patient', 'AllergyIntolerance', 'Condition', 'MedicationStatement', 'MedicationRequest', 'Immunization'],
  ...['ServiceRequest', 'Task'],
].join(',');
const MOST_STUDIES = 200;
const MOST_ROWS = 50;

/** Id of the path, checked before it becomes part of another address. @throws ServiceError 404 */
export function patientIdOf(page: PageContext): string {
  const id = page.params['id'] ?? '';
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw fault('not-found', { type: 'Patient', id: '' });
  return id;
}

function referralsIn(bundle: Bundle): readonly RecordReferral[] {
  const legs = [...referralRows(bundle)].sort((a, b) =>
    (a.task.meta?.lastUpdated ?? '') < (b.task.meta?.lastUpdated ?? '') ? 1 : -1,
  );
  return inBundle(bundle, 'ServiceRequest')
    .filter((order) => isReferral(order))
    .map((order) => {
      const leg = legs.find(({ referralId }) => referralId === order.id);
      return { order, ...(leg ? { leg } : {}) };
    })
    .sort((a, b) => Date.parse(b.order.authoredOn ?? '') - Date.parse(a.order.authoredOn ?? '') || 0);
}

function eventsOf(answer: Parameters): readonly TimelineEvent[] {
  return parametersOf(answer, 'event').map(({ part = [] }) => {
    const find = (name: string) => part.find((one) => one.name === name);
    const state = find('state')?.valueCode;
    const place = find('place')?.valueString;
    return {
      date: find('date')?.valueDateTime ?? '',
      kind: find('kind')?.valueCode ?? '',
      text: find('text')?.valueString ?? '',
      ...(state === undefined ? {} : { state }),
      ...(place === undefined ? {} : { place }),
      reference: find('reference')?.valueReference?.reference ?? '',
    };
  });
}

/** What everybody at the facility may see of a person: administrative data, referrals, visits. */
async function administrative(page: PageContext, id: string, tooLarge: boolean): Promise<RecordData> {
  const of = async (type: string): Promise<Bundle> => {
    const group = groupOf(type);
    // A post that never sees this type of record has none to show, and asking would be audited as a refusal.
    if (!group || reachOf(page.signedIn().role, group, 'search-type') === undefined)
      return { resourceType: 'Bundle', type: 'searchset' };
    return (await page.fhir<Bundle>('GET', `${type}?patient=Patient/${id}&_count=${MOST_ROWS}`)).resource;
  };
  const { resource: patient } = await page.fhir<Known<Patient>>('GET', `Patient/${id}`);
  const [orders, legs, visits] = await Promise.all([of('ServiceRequest'), of('Task'), of('Encounter')]);
  const both: Bundle = { ...orders, entry: [...(orders.entry ?? []), ...(legs.entry ?? [])] };
  return { patient, referrals: referralsIn(both), visits: inBundle(visits, 'Encounter'), tooLarge };
}

async function clinical(page: PageContext, id: string): Promise<RecordData | undefined> {
  const [summary, studies, timeline] = await Promise.all([
    page.tryFhir<Bundle>('GET', `Patient/${id}/$everything?_type=${SUMMARY_TYPES}`),
    page.tryFhir<Bundle>(
      'GET',
      `Observation?patient=Patient/${id}&category=laboratory&_sort=-date&_count=${MOST_STUDIES}`,
    ),
    page.tryFhir<Parameters>('GET', `Patient/${id}/$timeline`),
  ]);
  if (!summary.ok) {
    if (summary.error.code === 'too-costly') return undefined;
    throw summary.error;
  }
  const [patient] = inBundle(summary.resource, 'Patient');
  if (!patient) throw fault('not-found', { type: 'Patient', id });
  const bundle = summary.resource;
  return {
    patient,
    referrals: referralsIn(bundle),
    visits: [],
    tooLarge: !timeline.ok,
    clinical: {
      allergies: inBundle(bundle, 'AllergyIntolerance'),
      conditions: inBundle(bundle, 'Condition'),
      medicines: [...inBundle(bundle, 'MedicationStatement'), ...inBundle(bundle, 'MedicationRequest')],
      vaccines: inBundle(bundle, 'Immunization'),
      studies: studies.ok ? inBundle(studies.resource, 'Observation') : [],
      ...(timeline.ok ? { events: eventsOf(timeline.resource) } : {}),
    },
  };
}

/**
 * Reads a record as far as the signed-in person may see it: three calls for who sees the clinical part.
 * @throws ServiceError 404 when the person does not exist or is out of reach
 */
export async function readRecord(page: PageContext, id: string): Promise<RecordData> {
  if (!readsClinical(page.signedIn().role)) return administrative(page, id, false);
  return (await clinical(page, id)) ?? administrative(page, id, true);
}
