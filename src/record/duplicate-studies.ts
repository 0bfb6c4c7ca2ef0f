import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';
import { mayRead } from '../access/policy/authorize.js';
import { searchScope } from '../access/policy/visibility.js';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import { dateIn } from '../config/honduras-time.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import { fetchPage } from '../fhir/search/page.js';
import { parseSearch } from '../fhir/search/parse.js';
import { planSearch } from '../fhir/search/plan.js';
import { searchPins } from '../fhir/search/search-pins.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import { facilityNames } from './facility-names.js';
import { resultText } from './result-text.js';
import { type Answering, answeringStudies, type Study, studyOf } from './catalogue/studies.js';
import { timelineRow } from './timeline-rows.js';

/** A result that makes a request for a study unnecessary for now. */
export interface ExistingResult {
  readonly asked: Study;
  /** Study of the result: the one asked, its panel, or a member of it. */
  readonly found: Study;
  /** `Observation/x` or `DiagnosticReport/x`. */
  readonly reference: string;
  /** FHIR date or dateTime of the study. */
  readonly date: string;
  /** Facility that did it. */
  readonly place?: string;
  readonly result: string;
  /** Days from the study on in which it stands. */
  readonly validDays: number;
}

type Result = Observation | DiagnosticReport;
interface Row {
  readonly stored: FoundResource;
  readonly resource: Result & { id: string };
  readonly date: string;
  readonly codes: readonly string[];
}

const DAY_MS = 24 * 3_600_000;
/** Results that a laboratory stands by (R4 value sets observation-status, diagnostic-report-status). */
const FINAL = 'final,amended,corrected';
/** Results of one type that are looked at, newest first; each study needs only its newest. */
const MOST_RESULTS = 200;

async function resultsOf(
  context: FhirContext,
  caller: Caller,
  type: Result['resourceType'],
  patient: string,
  studies: readonly Answering[],
  now: Date,
): Promise<readonly Row[]> {
  if (!mayRead(caller, type)) return [];
  const oldest = now.getTime() - Math.max(...studies.map(({ validDays }) => validDays)) * DAY_MS;
  const query = parseSearch(context.definitions, type, [
    ['patient', `Patient/${patient}`],
    ['code', studies.map(({ study }) => `${CODE_SYSTEMS.loinc}|${study.code}`).join(',')],
    ['status', FINAL],
    ['date', `ge${dateIn(new Date(oldest))}`],
    ['_sort', '-date'],
    ['_count', String(MOST_RESULTS)],
  ]);
  const scope = await searchScope(context.store, caller, type, searchPins(type, query));
  const { rows } = await fetchPage(context.store, type, planSearch(query, scope.filter), { count: query.count });
  return rows.flatMap((stored) => {
    const resource = resourceOf<Result & { id: string }>(stored);
    const date = timelineRow(resource)?.date;
    const codes = (resource.code.coding ?? []).flatMap(({ system, code }) =>
      system === CODE_SYSTEMS.loinc && code !== undefined ? [code] : [],
    );
    return date === undefined ? [] : [{ stored, resource, date, codes }];
  });
}

/** Facility that a result is of: who performed it when that is a facility, else who keeps it. */
function facilityOf({ stored, resource }: Row): string | undefined {
  const performers = (resource.performer ?? []).map(({ reference }) => localTarget(reference ?? ''));
  return performers.find((target) => target?.type === 'Organization')?.id ?? stored.own;
}

const age = (date: string, now: Date): number => (now.getTime() - Date.parse(date)) / DAY_MS;

/** Newest result of each study that answers; the members of a panel only when the panel itself has none. */
function newestOf(asked: Study, rows: readonly Row[], now: Date): readonly { answering: Answering; row: Row }[] {
  const found = answeringStudies(asked).flatMap((answering) => {
    const row = rows.find(
      ({ codes, date }) => codes.includes(answering.study.code) && age(date, now) <= answering.validDays,
    );
    return row ? [{ answering, row }] : [];
  });
  const whole = found.filter(({ answering: { study } }) => study.panel !== asked.key);
  return whole.length > 0 ? whole.slice(0, 1) : found;
}

/**
 * Results that exist already for studies about to be asked for, within their usual validity (seed/loinc-*.json), of all
 * facilities, as far as the caller may see them.
 * @param patient Patient id
 * @param codes LOINC codes asked for; those without a row in the catalogue have no validity and no results
 */
export async function existingResults(
  context: FhirContext,
  caller: Caller,
  patient: string,
  codes: readonly string[],
  now = new Date(),
): Promise<readonly ExistingResult[]> {
  const asked = [...new Set(codes)].flatMap((code) => studyOf(code) ?? []);
  const answering = asked.flatMap(answeringStudies);
  if (answering.length === 0) return [];
  const gathered = await Promise.all(
    (['DiagnosticReport', 'Observation'] as const).map((type) =>
      resultsOf(context, caller, type, patient, answering, now),
    ),
  );
  const rows = gathered.flat().sort((a, b) => Date.parse(b.date) - Date.parse(a.date));
  const found = asked.flatMap((study) => newestOf(study, rows, now).map((one) => ({ study, ...one })));
  const names = await facilityNames(
    context,
    found.map(({ row }) => facilityOf(row)),
  );
  return found.map(({ study, answering: { study: of, validDays }, row }) => {
    const place = names.get(facilityOf(row) ?? '');
    return {
      asked: study,
      found: of,
      reference: `${row.resource.resourceType}/${row.resource.id}`,
      date: row.date,
      ...(place === undefined ? {} : { place }),
      result: resultText(row.resource),
      validDays,
    };
  });
}
