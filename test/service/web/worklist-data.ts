import { randomUUID } from 'node:crypto';
import type { Bundle, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { dayOf } from '../../../src/referral/local-day.js';
import { SHIPPED_DEADLINES as deadlines } from '../../../src/referral/deadlines/shipped-edition.js';
import { setState } from '../../../src/referral/set-state.js';
import type { ReferralState } from '../../../src/referral/states.js';
import type { TestService } from '../../support/service.js';
import { booking, facility, FIELDS, move, type Moved, order, send, submission } from '../referral/referral-fixture.js';

/** Who is referred: a DNI, and a name of their own. */
export interface TestPerson {
  readonly dni: string;
  readonly given: string;
}

/** Sends a referral of a person from UAPS 1 to Hospital 1 (or as `options` say). */
export async function sendPerson(
  service: TestService,
  { dni, given }: TestPerson,
  options: Parameters<typeof order>[0] = {},
): Promise<Moved> {
  const bundle = submission(order(options));
  const patient = bundle.entry?.[0]?.resource as Patient;
  patient.identifier = [{ system: SID.dni, value: dni }];
  patient.name = [{ family: 'Mejía López', given: [given] }];
  return send(service, 'system.uaps1', bundle);
}

/** Number of a referral. */
export const numberOf = ({ referral }: { readonly referral: ServiceRequest }): string =>
  referral.identifier?.find(({ system }) => system === SID.referencia)?.value ?? '';

/** Code on the sheet of a referral. */
export const codeOf = ({ referral }: { readonly referral: ServiceRequest }): string =>
  referral.identifier?.find(({ system }) => system === SID.seguimiento)?.value ?? '';

async function locationOf(service: TestService, alias: string): Promise<string> {
  const path = `Location?organization=Organization/${facility(alias)}&_count=1`;
  const { body } = await service.call<Bundle>('clerk.hosp1', 'GET', path);
  return `Location/${body.entry?.[0]?.resource?.id ?? ''}`;
}

/**
 * Takes a sent referral to an appointment at Hospital 1 that began today in Honduras, a minute ago at most, and takes half an
 * hour: whenever the test runs, early in the morning too.
 */
export async function bookToday(service: TestService, sent: Moved): Promise<Moved> {
  const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
  const accepted = await move(service, received, 'accept', { account: 'triage.hosp1' }, FIELDS.accept);
  const now = Date.now();
  const gone = now - dayOf(new Date(now)).start.getTime();
  const start = now - Math.min(60_000, gone / 2);
  const when = { start: new Date(start), end: new Date(start + 1_800_000) };
  const fields = booking(await locationOf(service, 'hosp1')).map((field) =>
    field.name === 'start' || field.name === 'end'
      ? { ...field, valueDateTime: when[field.name].toISOString() }
      : field,
  );
  return move(service, accepted, 'book', { account: 'scheduler.hosp1' }, fields);
}

/** Stores copies of a leg in a state as if they had been sent before: for lists of several pages. */
export async function storeCopies(service: TestService, leg: Task, state: ReferralState, count: number): Promise<void> {
  const documents = Array.from({ length: count }, (_, index) => {
    const due = new Date(Date.now() + (index - count / 2) * 3_600_000).toISOString();
    const meta = { ...leg.meta, versionId: '1', lastUpdated: new Date().toISOString() };
    const copy = { ...setState(leg, { state, now: new Date(), due, deadlines }), id: `0000-${randomUUID()}`, meta };
    return toStored(service.context, copy, { own: facility('uaps1') });
  });
  await service.context.store.load('Task', documents, 'load');
}
