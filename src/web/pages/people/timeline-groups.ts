import { dateIn } from '../../../config/honduras-time.js';
import type { Words } from '../../../words.js';
import { RECORD } from '../../texts/people-record.js';
import type { TimelineEvent } from './record-data.js';

/** Kinds of entries by which the timeline is narrowed: name in the address, words, resource types. */
export const TIMELINE_KINDS = {
  atenciones: { label: RECORD.kindVisits, types: ['Encounter', 'Appointment', 'Procedure'] },
  referencias: { label: RECORD.kindReferrals, types: ['ServiceRequest', 'Composition'] },
  problemas: { label: RECORD.kindProblems, types: ['Condition'] },
  medidas: { label: RECORD.kindResults, types: ['Observation', 'DiagnosticReport'] },
  medicinas: { label: RECORD.kindMedicines, types: ['MedicationRequest', 'MedicationStatement'] },
  vacunas: { label: RECORD.kindVaccines, types: ['Immunization'] },
  documentos: { label: RECORD.kindDocuments, types: ['DocumentReference'] },
} as const satisfies Readonly<Record<string, { readonly label: Words; readonly types: readonly string[] }>>;

export type TimelineKind = keyof typeof TIMELINE_KINDS;

export const isTimelineKind = (text: string | null): text is TimelineKind =>
  text !== null && Object.hasOwn(TIMELINE_KINDS, text);

/** What happened on one day at one place; a referral stands alone, because its place is where it leads. */
export interface TimelineGroup {
  /** `YYYY-MM-DD` in Honduras, or the date as precise as it is known. */
  readonly day: string;
  readonly place?: string;
  readonly events: readonly TimelineEvent[];
}

const dayOf = (date: string): string => (date.includes('T') ? dateIn(new Date(date)) : date);

/** Groups events that follow each other on the same day at the same place, in their order. */
export function timelineGroups(events: readonly TimelineEvent[], kind?: TimelineKind): readonly TimelineGroup[] {
  const types: readonly string[] | undefined = kind === undefined ? undefined : TIMELINE_KINDS[kind].types;
  const groups = new Map<string, { day: string; place?: string; events: TimelineEvent[] }>();
  for (const event of events) {
    if (types && !types.includes(event.kind)) continue;
    const day = dayOf(event.date);
    const alone = event.kind === 'ServiceRequest' ? event.reference : '';
    const key = JSON.stringify([day, event.place ?? '', alone]);
    const group = groups.get(key);
    if (group) group.events.push(event);
    else groups.set(key, { day, ...(event.place === undefined ? {} : { place: event.place }), events: [event] });
  }
  return [...groups.values()];
}
