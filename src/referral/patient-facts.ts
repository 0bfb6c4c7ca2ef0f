import type { Appointment, Composition, Location, Organization, Patient, Task } from '@medplum/fhirtypes';
import { dateIn } from '../config/honduras-time.js';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { Words } from '../words.js';
import { isAdviceRequest } from './advice-request.js';
import { dispositionOf } from './answer-document.js';
import { facilityWords } from './facility-words.js';
import { hasDied } from './has-died.js';
import type { Referral } from './load-referral.js';
import { cameAlone } from './parties.js';
import type { PatientFacts } from './patient-status.js';
import { lastOutput, readLinked } from './task-io.js';
import { awayUntil } from './unavailability.js';

/** A facility as a patient needs it. */
export interface FacilityFacts {
  readonly name: string;
  /** What people call one of its kind. */
  readonly kind: Words;
  readonly phone?: string;
  readonly address?: string;
}

/** The visit as a patient needs it. */
export interface VisitFacts {
  readonly start: string;
  readonly end?: string;
  readonly place?: string;
  readonly address?: string;
}

/** Everything that is told to a patient about a referral: facts for the words, and where to go. */
export interface TrackedFacts {
  readonly facts: PatientFacts;
  readonly origin?: FacilityFacts;
  readonly destination?: FacilityFacts;
  readonly visit?: VisitFacts;
}

type Place = Pick<Organization | Location, 'name' | 'telecom'> &
  Pick<Organization, 'type'> & { readonly address?: Organization['address'] };

/** Street, town and department in one line. */
function addressLine([address]: NonNullable<Organization['address']>): string | undefined {
  if (!address) return undefined;
  const parts = [...(address.line ?? []), address.city, address.state].filter((part) => part !== undefined);
  return address.text ?? [...new Set(parts)].join(', ');
}

function facilityFacts(place: Place | undefined): FacilityFacts | undefined {
  if (place?.name === undefined) return undefined;
  const phone = place.telecom?.find(({ system }) => system === 'phone')?.value;
  const address = addressLine(place.address ?? []);
  return {
    name: place.name,
    kind: facilityWords(place),
    ...(phone === undefined ? {} : { phone }),
    ...(address ? { address } : {}),
  };
}

const organization = async (context: FhirContext, id: string | undefined): Promise<FacilityFacts | undefined> =>
  id === undefined
    ? undefined
    : facilityFacts((await readLinked<Organization>(context, `Organization/${id}`))?.resource);

/** Place of a visit: the Location among those who take part. */
async function locationOf(context: FhirContext, appointment: Appointment): Promise<FacilityFacts | undefined> {
  const reference = appointment.participant.find(({ actor }) => actor?.reference?.startsWith('Location/'))?.actor;
  const found = (await readLinked<Location>(context, reference?.reference))?.resource;
  return (
    found && facilityFacts({ name: found.name, telecom: found.telecom, address: found.address ? [found.address] : [] })
  );
}

const codeIn = (concept: { coding?: { system?: string; code?: string }[] } | undefined, id: string) =>
  concept?.coding?.find(({ system }) => system === codeSystemUrl(id))?.code;

/** True when the visit of a leg is by telephone or video. */
export const isRemote = (task: Task): boolean =>
  (task.output ?? []).some(({ valueCodeableConcept }) => codeIn(valueCodeableConcept, 'modality') === 'telemedicine');

/** Disposition of the answer, when there is one. */
async function answerDisposition(context: FhirContext, task: Task | undefined): Promise<string | undefined> {
  const answer = task && (await readLinked<Composition>(context, lastOutput(task, 'respuesta')));
  return dispositionOf(answer?.resource);
}

/**
 * What a patient may be told about a referral: state, dates, places and telephones. Diagnosis, specialty, reasons in words
 * and names of people stay out of it, as the paper code that opens it is a weak proof.
 */
export async function patientFacts(context: FhirContext, referral: Referral, patient: Patient): Promise<TrackedFacts> {
  const { leg, sides, state, resource } = referral;
  const task = leg?.task;
  const [booked, origin, destination, disposition] = await Promise.all([
    task && readLinked<Appointment>(context, lastOutput(task, 'appointment')),
    organization(context, sides.origin),
    organization(context, sides.destination),
    answerDisposition(context, task),
  ]);
  const appointment = booked?.resource;
  const now = new Date();
  const away = task && awayUntil(task, now);
  const start = appointment?.start;
  const place = appointment && (await locationOf(context, appointment));
  const ended = resource.extension?.find(({ url }) => url === extensionUrl('status-reason'))?.valueCodeableConcept;
  return {
    facts: {
      state,
      now,
      due: task?.restriction?.period?.end,
      visit: start,
      remote: task !== undefined && isRemote(task),
      facility: destination?.kind ?? facilityWords(undefined),
      asksAdvice: isAdviceRequest(resource),
      deceased: hasDied(patient) || disposition === 'died',
      advised: disposition === 'advice',
      cameAlone: cameAlone(sides),
      awayUntil: away && dateIn(new Date(away.getTime() - 1)),
      exitCause: codeIn(ended, 'exit-cause') ?? codeIn(task?.statusReason, 'exit-cause'),
      cancelReason: codeIn(appointment?.cancelationReason, 'cancel-reason'),
    },
    ...(origin ? { origin } : {}),
    ...(destination ? { destination } : {}),
    ...(state === 'scheduled' && start !== undefined
      ? {
          visit: {
            start,
            ...(appointment?.end === undefined ? {} : { end: appointment.end }),
            ...(place ? { place: place.name } : {}),
            ...(place?.address === undefined ? {} : { address: place.address }),
          },
        }
      : {}),
  };
}
