import type { Observation } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { studyOf } from '../../../record/catalogue/studies.js';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { observationText } from '../../resources/observation-text.js';
import { RECORD } from '../../texts/people-record.js';
import type { ClinicalData } from './record-data.js';

const DAY_MS = 86_400_000;
const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);

type Study = ClinicalData['studies'][number];

const loincOf = ({ code }: Observation): string | undefined =>
  code.coding?.find(({ system }) => system === CODE_SYSTEMS.loinc)?.code;

/** The newest result of each study. @param studies newest first */
function latest(studies: readonly Study[]): readonly Study[] {
  const found = new Map<string, Study>();
  for (const study of studies) {
    const key = loincOf(study) ?? study.code.text ?? study.id;
    if (FINAL.has(study.status) && !found.has(key)) found.set(key, study);
  }
  return [...found.values()];
}

/** Day until which a result spares another one; undefined for a study without a usual validity. */
export function goodUntil(study: Observation, at: string): Date | undefined {
  const days = studyOf(loincOf(study) ?? '')?.validDays;
  return days === undefined ? undefined : new Date(Date.parse(at) + days * DAY_MS);
}

function Validity({
  page,
  study,
  at,
}: {
  readonly page: PageContext;
  readonly study: Study;
  readonly at: string;
}): VNode {
  const { say, language } = page;
  const until = goodUntil(study, at);
  if (!until) return <>{say(RECORD.unknownValidity)}</>;
  const date = dateText(until, language);
  return until.getTime() >= Date.now() ? (
    <Tag
      label={{ es: RECORD.validUntil.es.replace('{date}', date), en: RECORD.validUntil.en.replace('{date}', date) }}
      tone="calm"
    />
  ) : (
    <>{say(RECORD.expired, { date })}</>
  );
}

/** The latest value of each study, where it was done, and whether it still spares a repetition. */
export function Studies({
  page,
  studies,
  events = [],
}: { readonly page: PageContext } & Pick<ClinicalData, 'studies' | 'events'>): VNode {
  const { say, language } = page;
  const places = new Map(events.map(({ reference, place }) => [reference, place]));
  const rows = latest(studies).map((study) => {
    const { name, value, at = '' } = observationText(page, study);
    return [
      name,
      value,
      at === '' ? '' : dateText(at, language),
      places.get(`Observation/${study.id}`) ?? '',
      at === '' ? say(RECORD.unknownValidity) : <Validity page={page} study={study} at={at} />,
    ];
  });
  return (
    <>
      <h2>{say(RECORD.studies)}</h2>
      {rows.length === 0 ? (
        <p>{say(RECORD.noStudies)}</p>
      ) : (
        <Table
          caption={say(RECORD.studiesText)}
          columns={[RECORD.study, RECORD.result, RECORD.when, RECORD.where, RECORD.validity].map((name) => ({
            name: say(name),
          }))}
          rows={rows}
        />
      )}
    </>
  );
}
