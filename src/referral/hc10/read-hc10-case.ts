import type { Condition, Observation, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { SID } from '../../config/canonical.js';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import type { Hc10Case } from './hc10-case.js';
import type { Hc10Values } from './hc10-fields.js';
import { motivesOf, readHc10Order } from './hc10-order.js';
import { readHc10Observations } from './hc10-observations.js';

/** What a form HC-10 says, read back from what was sent. */
export interface ReadHc10Case
  extends Pick<Hc10Case, 'values' | 'motives' | 'diagnosis'>, Partial<Pick<Hc10Case, 'placer' | 'priority'>> {
  /** Place of the order's references: `Type/id` or the link inside a Bundle. */
  readonly patient?: string;
  readonly author?: string;
  readonly destination?: string;
  readonly specialty?: string;
}

function diagnosisOf(condition: Condition | undefined): Hc10Case['diagnosis'] {
  const { text = '', coding = [] } = condition?.code ?? {};
  const coded = coding.find(({ system }) => system === CODE_SYSTEMS.icd10);
  return coded?.code === undefined ? { text } : { text, coded: { code: coded.code, display: coded.display ?? '' } };
}

/**
 * The reverse of `hc10Bundle`: a form read back from its order and what the order cites.
 * @param find the resource behind a reference: an entry of the Bundle, or what `$referral` gave
 */
export function readHc10Case(order: ServiceRequest, find: (reference: string) => Resource | undefined): ReadHc10Case {
  const cited = (order.supportingInfo ?? []).flatMap(({ reference = '' }) => find(reference) ?? []);
  const observations = cited.filter((one): one is Observation => one.resourceType === 'Observation');
  const reason = find(order.reasonReference?.[0]?.reference ?? '');
  const diagnosis = diagnosisOf(reason?.resourceType === 'Condition' ? reason : undefined);
  const values: Hc10Values = {
    ...readHc10Observations(observations),
    ...readHc10Order(order),
    ...(diagnosis.text === '' ? {} : { diagnostico: diagnosis.text }),
  };
  const placer = order.identifier?.find(({ system }) => system === SID.placer)?.value;
  const { priority } = order;
  const [patient, author, destination] = [order.subject, order.requester, order.performer?.[0]].map(
    (one) => one?.reference,
  );
  return {
    values,
    motives: motivesOf(order),
    diagnosis,
    ...(placer === undefined ? {} : { placer }),
    ...(priority === undefined ? {} : { priority }),
    ...(patient === undefined ? {} : { patient }),
    ...(author === undefined ? {} : { author }),
    ...(destination === undefined ? {} : { destination }),
    ...(values.especialidad === undefined ? {} : { specialty: values.especialidad }),
  };
}
