import type { VNode } from 'preact';
import { patientLink } from '../../../../notify/messages/patient-link.js';
import { isRemote } from '../../../../referral/patient-facts.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { LinkButton } from '../../../components/button.js';
import type { PageContext } from '../../../page-context.js';
import type { ReferralView } from '../referral-view.js';
import { REFERRAL } from '../../../texts/referral.js';

/** The message of the state and a link that opens WhatsApp with it written: a person sends it. Nothing where nobody is told. */
export function TellPatient({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode | null {
  const { patient, order, state, leg, sides } = view;
  const link =
    patient &&
    patientLink({
      state,
      order,
      patient,
      hospital: sides.destination === undefined ? undefined : view.facilityName(sides.destination),
      visit: view.find('Appointment', leg && lastOutput(leg, 'appointment'))?.start,
      remote: leg !== undefined && isRemote(leg),
      now: new Date(),
    });
  if (!link) return null;
  return (
    <>
      <h2>{page.say(REFERRAL.tellPatient)}</h2>
      <blockquote class="rr-quote">
        <p>{link.text}</p>
      </blockquote>
      <p class="rr-links">
        <LinkButton label={REFERRAL.byWhatsapp} href={link.href} />
      </p>
    </>
  );
}
