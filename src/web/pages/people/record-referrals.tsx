import type { Encounter } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { visitClassWords } from '../../../record/visit-class.js';
import { StateTag } from '../../components/referral-tags.js';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { facilityNames } from '../../resources/facility-names.js';
import { reasonText } from '../../resources/referral-rows.js';
import { RECORD } from '../../texts/people-record.js';
import type { RecordReferral } from './record-data.js';

/** Names of the facilities that referrals lead to and visits were at. */
export const placeNames = (
  page: PageContext,
  referrals: readonly RecordReferral[],
  visits: readonly Encounter[],
): Promise<ReadonlyMap<string, string>> =>
  facilityNames(page, [
    ...referrals.map(({ order, leg }) => (leg?.task.owner ?? order.performer?.[0])?.reference),
    ...visits.map(({ serviceProvider }) => serviceProvider?.reference),
  ]);

const nameAt = (names: ReadonlyMap<string, string>, reference: string | undefined): string =>
  names.get(reference?.split('/')[1] ?? '') ?? '';

/** Referrals of the person with their state, newest first. */
export function Referrals({
  page,
  referrals,
  names,
}: {
  readonly page: PageContext;
  readonly referrals: readonly RecordReferral[];
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const { say, language } = page;
  return (
    <>
      <h2>{say(RECORD.referrals)}</h2>
      {referrals.length === 0 ? (
        <p>{say(RECORD.noReferrals)}</p>
      ) : (
        <Table
          caption={say(RECORD.newestFirst)}
          columns={[RECORD.referral, RECORD.when, RECORD.destination, RECORD.state].map((name) => ({
            name: say(name),
          }))}
          rows={referrals.map(({ order, leg }) => [
            <a href={`/referencias/${order.id}`}>{reasonText(page, { ...leg, order }) || say(RECORD.noReason)}</a>,
            order.authoredOn === undefined ? '' : dateText(order.authoredOn, language),
            nameAt(names, (leg?.task.owner ?? order.performer?.[0])?.reference),
            leg ? <StateTag state={leg.state} /> : <Tag label={RECORD.draft} tone="quiet" />,
          ])}
        />
      )}
    </>
  );
}

/** Visits of the person, for who does not see the clinical part. */
export function Visits({
  page,
  visits,
  names,
}: {
  readonly page: PageContext;
  readonly visits: readonly Encounter[];
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const { say, language } = page;
  return (
    <>
      <h2>{say(RECORD.visits)}</h2>
      {visits.length === 0 ? (
        <p>{say(RECORD.noVisits)}</p>
      ) : (
        <Table
          caption={say(RECORD.newestFirst)}
          columns={[RECORD.visit, RECORD.when, RECORD.where].map((name) => ({ name: say(name) }))}
          rows={visits.map((visit) => [
            conceptText(page, visit.type?.[0]) || say(visitClassWords(visit.class)),
            visit.period?.start === undefined ? '' : dateText(visit.period.start, language),
            nameAt(names, visit.serviceProvider?.reference),
          ])}
        />
      )}
    </>
  );
}
