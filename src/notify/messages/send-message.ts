import type { Appointment, Composition, Organization, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../config/canonical.js';
import { dateIn } from '../../config/honduras-time.js';
import type { QuietHours } from '../../config/notification-settings.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { dispositionOf } from '../../referral/answer-document.js';
import { isAdviceRequest } from '../../referral/advice-request.js';
import { facilityWords } from '../../referral/facility-words.js';
import { paperCodeOf } from '../../referral/paper-code.js';
import { lastOutput, type Linked, readLinked } from '../../referral/task-io.js';
import { stateOf } from '../../referral/vocabulary.js';
import { cameAlone } from '../../referral/parties.js';
import { sidesOf } from '../../referral/work-scalars.js';
import type { Delivery, Outcome } from '../../store/delivery.js';
import { keyHash } from '../../store/ids.js';
import type { Channel, MailMessage, SmsMessage } from '../channels/channel.js';
import { gsmText } from './gsm-text.js';
import { REMINDERS } from './message-table.js';
import { isMessageKey, MESSAGE_WORDS, type MessageKey } from './message-texts.js';
import { messageText, phoneOf, tellsVisit } from './message-text.js';
import { quietUntil } from './quiet-hours.js';
import { allowsAbroad, isNotToBeContacted, mailAddress, messageLanguage, smsNumber } from './patient-contact.js';

export interface MessageServices {
  readonly context: FhirContext;
  /** Origin of the pages, no slash at the end. */
  readonly publicUrl: string;
  readonly now: () => Date;
  /** When no short message leaves. */
  readonly quiet?: QuietHours;
  readonly sms?: Channel<SmsMessage>;
  readonly email?: Channel<MailMessage>;
}

const dropped = (why: string): Outcome => ({ state: 'dropped', why });

/** A visit that has begun is no longer announced. */
const isOver = (visit: string | undefined, now: Date): boolean =>
  visit !== undefined && Date.parse(visit) < now.getTime();

/** Who died hears nothing any more, whatever record says it: the person's, the reason of the end, the answer. */
async function hasDied(context: FhirContext, patient: Patient, order: ServiceRequest, task?: Task): Promise<boolean> {
  if (patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined) return true;
  const cause = order.extension?.find(({ url }) => url === extensionUrl('status-reason'))?.valueCodeableConcept;
  const system = codeSystemUrl('exit-cause');
  if (cause?.coding?.some((coding) => coding.system === system && coding.code === 'died')) return true;
  const answer = task && (await readLinked<Composition>(context, lastOutput(task, 'respuesta')));
  return dispositionOf(answer?.resource) === 'died';
}

const isReminder = (key: MessageKey): boolean => REMINDERS.some(({ text }) => text === key);

/** A reminder is for the visit that stands; a later move may have taken it away. */
async function isStale(context: FhirContext, { facts }: Delivery, task: Task | undefined): Promise<boolean> {
  if (!task || stateOf(task) !== 'scheduled') return true;
  const booked = await readLinked<Appointment>(context, lastOutput(task, 'appointment'));
  return booked?.resource.status !== 'booked' || booked.resource.start !== facts['visit'];
}

async function toPatient(
  { context, now, quiet, sms, email }: MessageServices,
  delivery: Delivery,
  key: MessageKey,
  order: Linked<ServiceRequest>,
): Promise<Outcome> {
  const { facts, channel } = delivery;
  const [person, leg, hospital] = await Promise.all([
    readLinked<Patient>(context, delivery.to),
    readLinked<Task>(context, `Task/${facts['task']}`),
    readLinked<Organization>(context, `Organization/${facts['hospital']}`),
  ]);
  const sides = leg && sidesOf(leg.resource);
  const origin = sides && (await readLinked<Organization>(context, `Organization/${sides.origin ?? ''}`));
  if (!person) return dropped('person-gone');
  const { resource: patient } = person;
  if (await hasDied(context, patient, order.resource, leg?.resource)) return dropped('deceased');
  if (isNotToBeContacted(patient) || isNotToBeContacted(order.resource)) return dropped('do-not-contact');
  if (tellsVisit(key) && (facts['visit'] === undefined || isOver(facts['visit'], now()))) return dropped('visit-over');
  if (isReminder(key) && (await isStale(context, delivery, leg?.resource))) return dropped('visit-changed');
  const language = messageLanguage(patient);
  const text = messageText(
    key,
    {
      hospital: hospital?.resource.name,
      kind: facilityWords(hospital?.resource),
      phone: phoneOf(hospital?.resource),
      originPhone: phoneOf(origin?.resource),
      advice: isAdviceRequest(order.resource),
      today: facts['visit'] !== undefined && dateIn(new Date(facts['visit'])) === dateIn(now()),
      own: sides !== undefined && cameAlone(sides),
      sensitive: order.stored.lab.length > 0,
      remote: facts['remote'] === 'true',
      visit: facts['visit'],
      paperCode: paperCodeOf(order.resource),
    },
    language,
  );
  const id = keyHash('delivery', delivery._id);
  if (channel === 'email') {
    const address = mailAddress(patient.telecom ?? [], now());
    if (address === undefined) return dropped('no-address');
    return email?.send({ id, to: address, subject: MESSAGE_WORDS.subject[language], text }) ?? dropped('channel-off');
  }
  const found = smsNumber(patient, now(), { abroad: allowsAbroad(origin?.resource) });
  if ('why' in found) return dropped(found.why);
  if (!sms) return dropped('channel-off');
  const until = quietUntil(quiet, now(), { key, visit: facts['visit'] });
  if (until) return { state: 'wait', until, why: 'quiet-hours' };
  return sms.send({ id, to: found.number, text: gsmText(text) });
}

async function toFacility(
  { context, publicUrl, now, email }: MessageServices,
  delivery: Delivery,
  key: MessageKey,
  { resource }: Linked<ServiceRequest>,
): Promise<Outcome> {
  const facility = await readLinked<Organization>(context, delivery.to);
  const address = facility && mailAddress(facility.resource.telecom ?? [], now());
  if (address === undefined) return dropped('no-address');
  const number = resource.identifier?.find(({ system }) => system === SID.referencia)?.value ?? '';
  const facts = { number, link: `${publicUrl}/referencias/${resource.id}` };
  const subject = MESSAGE_WORDS.staffSubject.es.replace('{number}', number);
  const id = keyHash('delivery', delivery._id);
  return email?.send({ id, to: address, subject, text: messageText(key, facts, 'es') }) ?? dropped('channel-off');
}

/**
 * Sends one message: looks again at everything that may have changed since the event (death, do-not-contact, the visit, the
 * number), then hands it to its channel. What left is audited.
 */
export async function sendMessage(services: MessageServices, delivery: Delivery): Promise<Outcome> {
  const { context } = services;
  if (!isMessageKey(delivery.text)) return { state: 'dead', why: 'text-unknown' };
  const order = await readLinked<ServiceRequest>(context, delivery.about);
  if (!order) return dropped('referral-gone');
  const send = delivery.to.startsWith('Patient/') ? toPatient : toFacility;
  const outcome = await send(services, delivery, delivery.text, order);
  if (outcome.state === 'sent')
    await context.store.auditor.record({
      act: 'E',
      sub: 'notification',
      out: '0',
      who: 'notifications',
      rol: 'service',
      cli: 'notifications',
      pt: delivery.to.startsWith('Patient/') ? [delivery.to.slice('Patient/'.length)] : [],
      ent: [delivery.about],
      req: delivery.event,
      pou: 'TREAT',
      det: { channel: delivery.channel, text: delivery.text },
    });
  return outcome;
}
