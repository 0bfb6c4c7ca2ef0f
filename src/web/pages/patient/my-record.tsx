import type { VNode } from 'preact';
import { EmptyState } from '../../components/empty-state.js';
import { useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { RECORD } from '../../texts/patient-record.js';
import { Now } from './next-step.js';
import { ownRecord } from './own-record.js';
import { nextReferral, ownReferrals } from './own-referrals.js';
import { type Summary, SummarySections, summaryOf } from './summary.js';
import type { TrackedReferral } from './tracked-referral.js';

function Next({ referral }: { readonly referral: TrackedReferral | undefined }): VNode {
  const say = useSay();
  if (!referral)
    return (
      <EmptyState title={say(RECORD.nothingNext)}>
        <p>{say(RECORD.nothingNextText)}</p>
      </EmptyState>
    );
  return (
    <>
      <h2>{say(RECORD.first)}</h2>
      <Now referral={referral} />
      <p>
        {say(referral.todo)} <a href={`/mi/referencias/${referral.id}`}>{say(RECORD.seeReferral)}</a>
      </p>
    </>
  );
}

function Body({ summary, next }: { readonly summary: Summary; readonly next: TrackedReferral | undefined }): VNode {
  return (
    <div class="rr-big">
      <Next referral={next} />
      <SummarySections summary={summary} />
    </div>
  );
}

/** First page of a patient: what comes next, then allergies, problems and medicines. */
export const myRecord: Page = {
  method: 'GET',
  path: '/mi',
  audience: ['patient'],
  async handle(page) {
    const [record, { referrals }] = await Promise.all([
      ownRecord(page, ['AllergyIntolerance', 'Condition', 'MedicationRequest', 'MedicationStatement']),
      ownReferrals(page),
    ]);
    return view(RECORD.title, <Body summary={summaryOf(page, record)} next={nextReferral(referrals)} />);
  },
};
