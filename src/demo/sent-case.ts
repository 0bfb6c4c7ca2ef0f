import type { Parameters, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import type { DemoCase } from './demo-data.js';
import { Differs } from './differs.js';
import type { PlannedCase } from './plan-case.js';
import type { Registered } from './stage.js';

/** A referral as the service answered last: the order and its newest leg. */
export interface ReferralPair {
  readonly order: ServiceRequest & { readonly id: string };
  readonly task: Task & { readonly id: string };
}

/** A case that the service has. */
export interface SentCase extends ReferralPair {
  readonly each: DemoCase;
  readonly plan: PlannedCase;
  readonly person: Registered;
}

const resourceIn = <T extends Resource>({ parameter }: Parameters, name: string): T & { id: string } => {
  const found = parameter?.find((each) => each.name === name)?.resource;
  if (!found) throw new Differs(`la respuesta no trae «${name}»`);
  return found as T & { id: string };
};

/** The order and the leg in the answer of a move (design: Parameters {`referral`, `task`}). */
export const pairIn = (answer: Parameters): ReferralPair => ({
  order: resourceIn<ServiceRequest>(answer, 'referral'),
  task: resourceIn<Task>(answer, 'task'),
});

/** National number of a referral. */
export const numberOf = ({ order }: Pick<ReferralPair, 'order'>): string =>
  order.identifier?.find(({ system }) => system === SID.referencia)?.value ?? '';
