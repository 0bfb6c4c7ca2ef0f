import type { VNode } from 'preact';
import { shortCodeText } from '../../../access/short-code.js';
import { QrCode } from '../../components/qr-code.js';
import { patientTime } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { TAKE_HOME } from '../../texts/hc10-sheet.js';
import type { ReferralView } from '../referral/referral-view.js';
import type { SheetData } from './sheet-data.js';

/** Address of the page that follows a referral with the code filled in. */
export const followAddress = (publicUrl: string, code: string): string => `${publicUrl}/seguir?codigo=${code}`;

function Follow({
  page,
  paper,
}: {
  readonly page: PageContext;
  readonly paper: NonNullable<SheetData['paper']>;
}): VNode {
  const { say } = page;
  const { publicUrl } = page.services;
  return (
    <>
      <h2>{say(TAKE_HOME.follow)}</h2>
      <div class="rr-hc10__follow">
        <QrCode text={followAddress(publicUrl, paper.code)} label={TAKE_HOME.qr} />
        <div>
          <p>{say(TAKE_HOME.followText, { address: `${publicUrl}/seguir` })}</p>
          <p class="rr-hc10__code">{shortCodeText(paper.code)}</p>
          <p>{paper.pin === undefined ? say(TAKE_HOME.birth) : say(TAKE_HOME.pin, { pin: paper.pin })}</p>
        </div>
      </div>
    </>
  );
}

function whenText(page: PageContext, referral: ReferralView, { appointment }: SheetData): string {
  const { say, language } = page;
  if (appointment) return say(TAKE_HOME.booked, { when: patientTime(appointment.start, language) });
  return say(referral.order.priority === 'stat' ? TAKE_HOME.now : TAKE_HOME.waiting);
}

/** Back page for the patient, large and in plain words (LN23:2019 annex 2, back page): where, when, what to bring. */
export function SheetBack({
  page,
  referral,
  data,
}: {
  readonly page: PageContext;
  readonly referral: ReferralView;
  readonly data: SheetData;
}): VNode {
  const { say } = page;
  const { sides, order } = referral;
  const place = referral.find('Organization', `Organization/${sides.destination ?? ''}`);
  const { city, state } = place?.address?.[0] ?? {};
  const phone = place?.telecom?.find(({ system }) => system === 'phone')?.value;
  return (
    <section class="rr-hc10__back">
      <h2>{say(TAKE_HOME.title)}</h2>
      <p>{say(TAKE_HOME.hello)}</p>
      <h2>{say(TAKE_HOME.where)}</h2>
      <p>
        <strong>{referral.facilityName(sides.destination)}</strong>
        <br />
        {[city, state, phone].filter((one) => one !== undefined).join(', ')}
        <br />
        {say(TAKE_HOME.ask, { service: conceptText(page, order.performerType) })}
      </p>
      <h2>{say(TAKE_HOME.when)}</h2>
      <p>
        <strong>{whenText(page, referral, data)}</strong>
      </p>
      <h2>{say(TAKE_HOME.bring)}</h2>
      <ul>
        {[TAKE_HOME.bringSheet, TAKE_HOME.bringIdentity, TAKE_HOME.bringMedicines].map((words) => (
          <li>{say(words)}</li>
        ))}
      </ul>
      <h2>{say(TAKE_HOME.worse)}</h2>
      <p>{say(TAKE_HOME.worseText)}</p>
      {data.paper && <Follow page={page} paper={data.paper} />}
      <p>{say(TAKE_HOME.clinic, { place: referral.facilityName(sides.origin) })}</p>
    </section>
  );
}
