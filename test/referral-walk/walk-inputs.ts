import type { Bundle, Composition, ParametersParameter, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../src/config/canonical.js';
import { dateIn } from '../../src/config/honduras-time.js';
import { dispositionOf } from '../../src/referral/answer-document.js';
import type { Condition } from '../../src/referral/conditions.js';
import type { MoveName } from '../../src/referral/moves.js';
import type { Random } from '../../src/seed/random.js';
import { answerDocument, facility, FIELDS, post } from '../service/referral/referral-fixture.js';

/** What the inputs of a move depend on. */
export interface InputScene {
  readonly random: Random;
  readonly referral: ServiceRequest & { id: string };
  /** Alias of the present destination. */
  readonly destination: string;
  /** Reference of a place at the destination. */
  readonly location: string;
  /** Somebody has begun to attend the patient. */
  readonly attended: boolean;
  readonly now: Date;
}

const DAY = 86_400_000;

const coded = (name: string, system: string, code: string): ParametersParameter => ({
  name,
  valueCoding: { system: codeSystemUrl(system), code },
});

const MINUTE = 60_000;

/** A visit within the next weeks at an hour of its own, or of somebody who stands at the desk, noted after it began. */
function visit({ random, destination, location, now }: InputScene): ParametersParameter[] {
  const ahead = random.chance(0.2) ? -random.int(1, 10) * MINUTE : random.int(1, 40) * DAY + random.int(0, 1_000_000);
  const start = now.getTime() + ahead;
  return [
    { name: 'start', valueDateTime: new Date(start).toISOString() },
    { name: 'end', valueDateTime: new Date(start + 1_800_000).toISOString() },
    { name: 'participant', valueReference: { reference: post(`specialist.${destination}`) } },
    { name: 'location', valueReference: { reference: location } },
    coded('contactResult', 'contact-medium', 'phone'),
  ];
}

/** The answer of the destination's specialist, as it is at the moment of writing. */
function document(scene: InputScene, disposition: string, status: Composition['status']): ParametersParameter {
  const [given] = answerDocument(scene.referral, disposition);
  const bundle = given?.resource as Bundle;
  const composition = bundle.entry?.[0]?.resource as Composition;
  const author = { reference: post(`specialist.${scene.destination}`) };
  Object.assign(composition, {
    status,
    author: [author],
    attester: [{ mode: 'professional', party: author }],
    custodian: { reference: `Organization/${facility(scene.destination)}` },
  });
  return { name: 'document', resource: bundle };
}

type Input = (scene: InputScene) => ParametersParameter[];

const TEXT = (name: string): ParametersParameter => ({ name, valueString: 'Por el paseo de la prueba, con razón' });

/** Complete inputs of every operation of the table. */
export const WALK_INPUTS: Readonly<Record<Exclude<MoveName, 'create' | 'submit' | 'receive-emergency'>, Input>> = {
  receive: () => [],
  'request-info': () => structuredClone(FIELDS['request-info']),
  'provide-info': () => structuredClone(FIELDS['provide-info']),
  'withdraw-info': () => [TEXT('reason')],
  'pause-waiting': ({ random, now }) => [
    { name: 'from', valueDate: dateIn(now) },
    { name: 'until', valueDate: dateIn(new Date(now.getTime() + random.int(1, 20) * DAY)) },
    coded('reason', 'unavailable-reason', random.pick(['travel', 'work', 'other'])),
  ],
  'no-response': () => [TEXT('comment')],
  accept: ({ random }) => [
    ...structuredClone(FIELDS.accept).filter(({ name }) => name !== 'priority'),
    { name: 'priority', valueCode: random.pick(['routine', 'urgent', 'asap']) },
    TEXT('priorityReason'),
  ],
  reject: () => structuredClone(FIELDS.reject),
  redirect: ({ random, destination }) => [
    coded('reason', 'redirect-reason', 'capacity'),
    {
      name: 'performer',
      valueReference: {
        reference: `Organization/${facility(random.pick(['hosp1', 'hosp2', 'hosp3'].filter((each) => each !== destination)))}`,
      },
    },
  ],
  respond: (scene) => [
    document(scene, scene.random.pick(['discharge', 'control', 'onward', 'admitted', 'advice', 'died']), 'final'),
    { name: 'oportuna', valueCode: 'yes' },
    { name: 'justificada', valueCode: 'unclassified' },
  ],
  convert: () => [TEXT('reason')],
  resubmit: () => [TEXT('change')],
  revoke: () => structuredClone(FIELDS.revoke),
  book: visit,
  'contact-attempt': () => [
    coded('medium', 'contact-medium', 'phone'),
    { name: 'reached', valueBoolean: false },
    coded('reason', 'not-reached-reason', 'no-answer'),
  ],
  reschedule: (scene) => [coded('reason', 'cancel-reason', 'provider-schedule'), ...visit(scene)],
  'cancel-appointment': () => [coded('reason', 'cancel-reason', 'provider-absent')],
  'no-show': () => [coded('reason', 'no-show-reason', 'unknown')],
  'not-arrived': () => [coded('reason', 'no-show-reason', 'unknown')],
  'leave-list': ({ destination }) => [
    coded('reason', 'exit-cause', 'improved'),
    { name: 'approver', valueReference: { reference: post(`triage.${destination}`) } },
  ],
  arrive: () => [],
  'start-care': ({ destination, now }) => [
    { name: 'practitioner', valueReference: { reference: post(`specialist.${destination}`) } },
    { name: 'start', valueDateTime: now.toISOString() },
  ],
  interim: (scene) => [document(scene, 'control', 'preliminary')],
  acknowledge: () => [],
  close: () => structuredClone(FIELDS.close),
  'request-cancel': () => [coded('reason', 'exit-cause', 'patient-declined')],
  'confirm-cancel': () => [],
  'record-death': () => [coded('reason', 'exit-cause', 'died')],
  void: () => [TEXT('reason')],
  // Only advice may lack a visit (hn-res-1), in an amendment too.
  amend: (scene) => [TEXT('reason'), document(scene, scene.attended ? 'discharge' : 'advice', 'final')],
};

/** Facts that choose between edges, of the inputs and of the referral. @param attended somebody has begun to attend */
export function conditionsOf(parameters: readonly ParametersParameter[], attended: boolean): Condition[] {
  const bundle = parameters.find(({ name }) => name === 'document')?.resource as Bundle | undefined;
  const disposition = dispositionOf(bundle?.entry?.[0]?.resource as Composition | undefined);
  const said = (['advice', 'onward', 'died'] as const).filter((each) => each === disposition);
  return [...said, 'order', attended ? 'care-given' : 'no-care'];
}
