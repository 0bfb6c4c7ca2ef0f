import type { VNode } from 'preact';
import { extensionUrl } from '../../../../config/canonical.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { Facts, type Fact } from '../../../components/facts.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { actorName } from '../actor-name.js';
import { attemptText } from '../life-of.js';
import type { ReferralView } from '../referral-view.js';
import { APPOINTMENT_STATUS, REFERRAL } from '../../../texts/referral.js';

/** Types of participant that are a place, and those that are the patient. */
const isPlace = (reference: string | undefined): boolean => reference?.startsWith('Location/') ?? false;
const isPatient = (reference: string | undefined): boolean => reference?.startsWith('Patient/') ?? false;

/** The appointment in force: when, with whom, where, and how the patient was told; nothing when there is none. */
export function AppointmentSection({
  page,
  view,
}: {
  readonly page: PageContext;
  readonly view: ReferralView;
}): VNode | null {
  const { say, language } = page;
  const found = view.find('Appointment', view.leg && lastOutput(view.leg, 'appointment'));
  if (!found) return null;
  const { start, status, participant, extension = [], comment } = found;
  const names = (wanted: (reference: string | undefined) => boolean): string =>
    participant
      .filter(({ actor }) => wanted(actor?.reference))
      .map(({ actor }) => actorName(view, actor))
      .join(', ');
  const told = extension
    .filter(({ url }) => url === extensionUrl('contact-attempt'))
    .map((attempt) => attemptText(page, attempt));
  const words =
    status in APPOINTMENT_STATUS ? APPOINTMENT_STATUS[status as keyof typeof APPOINTMENT_STATUS] : undefined;
  const facts: Fact[] = [
    {
      name: say(REFERRAL.when),
      value: `${start === undefined ? '' : timeText(start, language)}${words ? ` (${say(words)})` : ''}`,
    },
    { name: say(REFERRAL.appointmentWith), value: names((one) => !isPlace(one) && !isPatient(one)) },
    { name: say(REFERRAL.appointmentWhere), value: names(isPlace) },
    { name: say(REFERRAL.appointmentTold), value: [...told, ...(comment === undefined ? [] : [comment])].join('; ') },
  ];
  return (
    <>
      <h2>{say(REFERRAL.appointment)}</h2>
      <Facts facts={facts.filter(({ value }) => value !== '')} />
    </>
  );
}
