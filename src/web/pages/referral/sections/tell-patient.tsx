import type { VNode } from 'preact';
import { NO_NUMBER } from '../../../../notify/messages/patient-contact.js';
import { tellPatient } from '../../../../notify/messages/tell-patient.js';
import { isRemote } from '../../../../referral/patient-facts.js';
import { cameAlone } from '../../../../referral/parties.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { LinkButton } from '../../../components/button.js';
import { Notice } from '../../../components/notice.js';
import type { PageContext } from '../../../page-context.js';
import type { ReferralView } from '../referral-view.js';
import { REFERRAL } from '../../../texts/referral.js';

/**
 * The message of the state and a link that opens WhatsApp with it written: a person sends it. Where no short message can go
 * out it says so and why, so that the clinic tells the patient in another way. Nothing where nobody is told.
 */
export function TellPatient({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode | null {
  const { patient, order, state, leg, sides } = view;
  const facility = (id: string | undefined) => view.find('Organization', id && `Organization/${id}`);
  const told =
    patient &&
    tellPatient({
      state,
      order,
      patient,
      hospital: facility(sides.destination),
      origin: facility(sides.origin),
      own: cameAlone(sides),
      visit: view.find('Appointment', leg && lastOutput(leg, 'appointment'))?.start,
      remote: leg !== undefined && isRemote(leg),
      now: new Date(),
    });
  if (!told) return null;
  const { text, href, noPhone } = told;
  return (
    <>
      <h2>{page.say(REFERRAL.tellPatient)}</h2>
      {noPhone && (
        <Notice kind="warn" title={page.say(REFERRAL.noPhone)}>
          <p>{page.say(REFERRAL.noPhoneText, { why: page.say(NO_NUMBER[noPhone]) })}</p>
        </Notice>
      )}
      <blockquote class="rr-quote">
        <p>{text}</p>
      </blockquote>
      {href !== undefined && (
        <p class="rr-links">
          <LinkButton label={REFERRAL.byWhatsapp} href={href} />
        </p>
      )}
    </>
  );
}
