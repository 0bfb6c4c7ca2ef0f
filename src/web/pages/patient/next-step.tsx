import type { VNode } from 'preact';
import { LinkButton } from '../../components/button.js';
import { Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { FOLLOW } from '../../texts/patient-follow.js';
import type { TrackedFacility, TrackedReferral } from './tracked-referral.js';

/** What a telephone understands: digits and the plus sign. */
const dialled = (phone: string): string => phone.replace(/[^\d+]/g, '');

/** Whom to call, with a button that calls. */
export function Call({ facility }: { readonly facility: TrackedFacility | undefined }): VNode | null {
  const say = useSay();
  if (facility?.phone === undefined) return null;
  const { name, phone } = facility;
  return (
    <>
      <p>{say(FOLLOW.phone, { name, phone })}</p>
      <LinkButton label={FOLLOW.call} href={`tel:${dialled(phone)}`} kind="send" />
    </>
  );
}

function Visit({ visit }: { readonly visit: NonNullable<TrackedReferral['visit']> }): VNode {
  const say = useSay();
  const rows = [
    { name: FOLLOW.where, value: visit.place },
    { name: FOLLOW.address, value: visit.address },
  ];
  return (
    <Facts
      facts={rows.flatMap(({ name, value }) =>
        value === undefined || value === '' ? [] : [{ name: say(name), value }],
      )}
    />
  );
}

/** The one sentence about a referral that matters now, and the visit, large. */
export function Now({ referral }: { readonly referral: TrackedReferral }): VNode {
  const say = useSay();
  return (
    <section class="rr-now" role="status">
      <p class="rr-now__sentence">{say(referral.sentence)}</p>
      {referral.visit && <Visit visit={referral.visit} />}
    </section>
  );
}

/**
 * Where a referral stands, for the person it is about: one large sentence, the visit, then questions and answers.
 * @param calendar address of the visit as a calendar file
 */
export function NextStep({
  referral,
  calendar,
}: {
  readonly referral: TrackedReferral;
  readonly calendar: string;
}): VNode {
  const say = useSay();
  const language = useLanguage();
  const { next, why, todo, bring, ifWorse, visit, call, number, written, origin, destination } = referral;
  const facts = [
    { name: FOLLOW.number, value: number },
    { name: FOLLOW.written, value: written === undefined ? undefined : dateText(written, language) },
    { name: FOLLOW.from, value: origin?.name },
    { name: FOLLOW.to, value: destination?.name },
  ];
  return (
    <div class="rr-big">
      <Now referral={referral} />
      <h2>{say(FOLLOW.next)}</h2>
      <p>{[next, ...(why ? [why] : [])].map((words) => say(words)).join(' ')}</p>
      <h2>{say(FOLLOW.todo)}</h2>
      <p>{say(todo)}</p>
      <Call facility={call} />
      {visit && <LinkButton label={FOLLOW.calendar} href={calendar} />}
      {bring && (
        <>
          <h2>{say(FOLLOW.bring)}</h2>
          <p>{say(bring)}</p>
        </>
      )}
      {ifWorse && (
        <Notice kind="warn" title={say(FOLLOW.ifWorse)}>
          <p>{say(ifWorse)}</p>
        </Notice>
      )}
      <h2>{say(FOLLOW.about)}</h2>
      <Facts facts={facts.flatMap(({ name, value }) => (value === undefined ? [] : [{ name: say(name), value }]))} />
    </div>
  );
}
