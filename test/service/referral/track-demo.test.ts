import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Condition, Parameters, Patient, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { demoClientKey } from '../../../src/access/accounts.js';
import { extensionUrl } from '../../../src/config/canonical.js';
import { playDemo } from '../../../src/demo/play-demo.js';
import { paperCodeOf, wholeBirthDate } from '../../../src/referral/paper-code.js';
import { startService, type TestService } from '../../support/service.js';

/** A referral of the demonstration with all that is noted about the person. */
interface Told {
  readonly order: ServiceRequest;
  readonly patient: Patient;
  readonly record: readonly Resource[];
  readonly answer: Parameters;
}

let service: TestService;
const told: Told[] = [];

async function tell(order: ServiceRequest): Promise<void> {
  const id = order.subject.reference?.replace('Patient/', '') ?? '';
  const whole = await service.call<Bundle>('conformance', 'GET', `Patient/${id}/$everything`);
  const record = (whole.body.entry ?? []).flatMap(({ resource }) => resource ?? []);
  const patient = record.find((one): one is Patient => one.resourceType === 'Patient');
  const birthDate = patient && wholeBirthDate(patient);
  const code = paperCodeOf(order);
  if (!patient || birthDate === undefined || code === undefined) return;
  const parameter = [
    { name: 'code', valueString: code },
    { name: 'birthDate', valueDate: birthDate },
  ];
  const body = { resourceType: 'Parameters', parameter };
  const { body: answer, status } = await service.call<Parameters>(undefined, 'POST', 'ServiceRequest/$track', { body });
  expect(status).toBe(200);
  told.push({ order, patient, record, answer });
}

beforeAll(async () => {
  service = await startService();
  await playDemo({
    url: service.url,
    keys: async (account) => {
      const key = await demoClientKey(service.context.store, account);
      if (!key) throw new Error(`no key of ${account}`);
      return key;
    },
    out: () => undefined,
    tour: false,
  });
  for (let next: string | undefined = 'ServiceRequest?_count=100'; next !== undefined;) {
    const { body }: { body: Bundle } = await service.call<Bundle>('conformance', 'GET', next);
    for (const { resource } of body.entry ?? []) if (resource?.resourceType === 'ServiceRequest') await tell(resource);
    next = body.link?.find(({ relation }) => relation === 'next')?.url?.replace(`${service.base}/`, '');
  }
}, 120_000);
afterAll(() => service.stop());

/** What nobody may learn by the paper code: diagnoses, question, summary, specialty, results, names of people. */
function secretsOf({ order, patient, record }: Told): readonly string[] {
  const conditions = record.filter((one): one is Condition => one.resourceType === 'Condition');
  const clinical = record.flatMap((one) =>
    one.resourceType === 'Observation' || one.resourceType === 'AllergyIntolerance' || one.resourceType === 'Procedure'
      ? [one.code?.text, one.code?.coding?.[0]?.display]
      : [],
  );
  const codes = [...conditions.map(({ code }) => code), order.performerType, ...(order.reasonCode ?? []), order.code];
  const texts = order.extension?.filter(({ url }) =>
    [extensionUrl('clinical-question'), extensionUrl('urgency-justification')].includes(url),
  );
  return [
    ...codes.flatMap((code) => [code?.text, ...(code?.coding ?? []).map(({ display }) => display)]),
    ...conditions.map(({ code }) => code?.coding?.[0]?.code),
    ...(texts ?? []).map(({ valueString }) => valueString),
    ...clinical,
    ...(patient.name ?? []).flatMap(({ family, given = [], text }) => [family, text, ...given]),
    ...(patient.identifier ?? []).map(({ value }) => value),
    order.requester?.display,
    patient.birthDate,
  ].flatMap((text) => (text !== undefined && text.length > 3 ? [text] : []));
}

/** All texts of an answer but the names and addresses of facilities, which are public. */
const saidIn = ({ answer }: Told): string =>
  (answer.parameter ?? [])
    .filter(({ name }) => name !== 'origin' && name !== 'destination')
    .flatMap(({ part = [], ...rest }) => [rest, ...part.filter(({ name }) => name !== 'place' && name !== 'address')])
    .map((one) => [one.valueString, one.valueCode, one.valueDateTime].join(' '))
    .join('\n');

describe('$track over the whole demonstration', () => {
  it('answers for every referral whose person has a birth date, in most states', () => {
    expect(told.length).toBeGreaterThan(15);
    const states = new Set(told.map(({ answer }) => answer.parameter?.find(({ name }) => name === 'state')?.valueCode));
    expect(states.size).toBeGreaterThan(10);
  });

  it('tells nothing clinical and no name of a person', () => {
    for (const one of told) {
      const said = saidIn(one);
      expect(secretsOf(one).length).toBeGreaterThan(5);
      for (const secret of secretsOf(one)) expect([secret, said.includes(secret)]).toEqual([secret, false]);
    }
  });
});
