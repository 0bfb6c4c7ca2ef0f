import type { VNode } from 'preact';
import { LinkButton } from '../../components/button.js';
import { type Fact, Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { StateTag } from '../../components/referral-tags.js';
import { dateText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect, view } from '../../page.js';
import { conceptText } from '../../resources/coded-text.js';
import { nameOrUnknown } from '../../resources/person.js';
import { phonesOf } from '../../resources/person-details.js';
import { HC10_SENT } from '../../texts/hc10-sent.js';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { studyOf } from '../../../record/catalogue/studies.js';
import { loadReferralView, type ReferralView } from '../referral/referral-view.js';
import { HandoverGaps } from '../referral/sections/emergency.js';
import { turnOf } from '../worklists/next-step.js';
import { type ExistingStudy, loadExisting } from './existing-studies.js';
import { AUTHORS } from './authors.js';

/** Country code of Honduras; numbers there have eight digits. */
const COUNTRY = '504';

/** Address that opens WhatsApp with a text without clinical content; undefined without a telephone. */
export function whatsappLink(
  { patient, number }: Pick<ReferralView, 'patient' | 'number'>,
  page: PageContext,
): string | undefined {
  const digits = (patient ? phonesOf(patient)[0] : undefined)?.replace(/\D/g, '') ?? '';
  if (digits.length < 8) return undefined;
  const phone = digits.length === 8 ? `${COUNTRY}${digits}` : digits;
  const link = `${page.services.publicUrl}/seguir`;
  return `https://wa.me/${phone}?text=${encodeURIComponent(page.say(HC10_SENT.message, { number, link }))}`;
}

/** Studies that went along although a result existed when they were asked for. */
async function askedAgain(page: PageContext, referral: ReferralView): Promise<readonly ExistingStudy[]> {
  const { order, patient } = referral;
  const codes = referral
    .all('ServiceRequest')
    .filter(({ id }) => id !== order.id)
    .flatMap(({ code }) => code?.coding ?? [])
    .flatMap(({ system, code }) => (system === CODE_SYSTEMS.loinc && code !== undefined ? [code] : []));
  const studies = codes.flatMap((code) => studyOf(code) ?? []);
  if (!patient || studies.length === 0) return [];
  const existing = await loadExisting(page, patient.id, studies);
  const sent = Date.parse(order.authoredOn ?? '');
  return existing
    .map(({ asked, found }) => ({ asked, found: found.filter(({ date }) => Date.parse(date) <= sent) }))
    .filter(({ found }) => found.length > 0);
}

function Warnings({
  page,
  studies,
}: {
  readonly page: PageContext;
  readonly studies: readonly ExistingStudy[];
}): VNode | null {
  const { say, language } = page;
  if (studies.length === 0) return null;
  return (
    <Notice kind="warn" title={say(HC10_SENT.warnings)}>
      <ul>
        {studies.flatMap(({ found }) =>
          found.map(({ study, result, date, place }) => (
            <li>{say(HC10_SENT.warning, { study, result, date: dateText(date, language), place })}</li>
          )),
        )}
      </ul>
    </Notice>
  );
}

function Next({ page, referral }: { readonly page: PageContext; readonly referral: ReferralView }): VNode {
  const { say, language } = page;
  const { leg, sides, state } = referral;
  const who = turnOf(state, language);
  const due = leg?.restriction?.period?.end;
  return (
    <>
      <h2>{say(HC10_SENT.next)}</h2>
      {who !== undefined && (
        <p>
          {say(HC10_SENT.nextText, { who, place: referral.facilityName(sides.destination) })}{' '}
          {due !== undefined && say(HC10_SENT.until, { when: timeText(due, language) })}
        </p>
      )}
      <p>{say(HC10_SENT.nothing)}</p>
    </>
  );
}

function Sent({
  page,
  referral,
  warned,
}: {
  readonly page: PageContext;
  readonly referral: ReferralView;
  readonly warned: readonly ExistingStudy[];
}): VNode {
  const { say } = page;
  const { order, patient, number, sides, state } = referral;
  const facts: readonly Fact[] = [
    ...(patient ? [{ name: say(HC10_SENT.patient), value: nameOrUnknown(patient, say) }] : []),
    { name: say(HC10_SENT.to), value: referral.facilityName(sides.destination) },
    { name: say(HC10_SENT.specialty), value: conceptText(page, order.performerType) },
    { name: say(HC10_SENT.state), value: <StateTag state={state} /> },
  ];
  const whatsapp = whatsappLink(referral, page);
  return (
    <>
      <Notice kind="good" title={say(HC10_SENT.number, { number })}>
        <p>{say(page.query.has('ya') ? HC10_SENT.again : HC10_SENT.done)}</p>
      </Notice>
      <Warnings page={page} studies={warned} />
      <HandoverGaps page={page} view={referral} />
      <p>
        <LinkButton label={HC10_SENT.print} href={`/referencias/${order.id}/hoja`} kind="send" />
        {whatsapp !== undefined && <LinkButton label={HC10_SENT.whatsapp} href={whatsapp} />}
        <LinkButton label={HC10_SENT.see} href={`/referencias/${order.id}`} />
        <LinkButton label={HC10_SENT.another} href="/pacientes" />
      </p>
      <Facts facts={facts} />
      <Next page={page} referral={referral} />
    </>
  );
}

/** What was sent, who acts next and until when, the sheet to print. A form sent twice ends here twice. */
export const sentPage: Page = {
  method: 'GET',
  path: '/referencias/:id/enviada',
  audience: AUTHORS,
  async handle(page) {
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}/enviada`);
    const warned = await askedAgain(page, loaded.view);
    return view(HC10_SENT.title, <Sent page={page} referral={loaded.view} warned={warned} />);
  },
};
