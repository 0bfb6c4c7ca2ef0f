import type { Extension, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import { objectsIn } from '../untrusted.js';

/** How somebody came without a referral (code system `arrival-manner`). */
export type ArrivalManner = 'by-word' | 'self-presented';

/** That a referral was made after the person had arrived: who made it, and whether the origin has added its part. */
export interface AfterTheFact {
  readonly manner: ArrivalManner;
  /** FHIR dateTime. */
  readonly recorded: string;
  readonly recorder?: Reference;
  /** Who of the origin told, in words. */
  readonly toldBy?: string;
  /** FHIR dateTime; none as long as the clinical part of the origin is missing. */
  readonly completed?: string;
  readonly completedBy?: Reference;
}

const URL = extensionUrl('after-the-fact');
const AWAITS = extensionUrl('awaits-origin');

const partOf = (extension: Extension, name: string): Extension | undefined =>
  objectsIn(extension.extension).find(({ url }) => url === name);

const toExtension = (fact: AfterTheFact): Extension => ({
  url: URL,
  extension: [
    { url: 'manner', valueCode: fact.manner },
    { url: 'recorded', valueDateTime: fact.recorded },
    ...(fact.recorder ? [{ url: 'recorder', valueReference: fact.recorder }] : []),
    ...(fact.toldBy === undefined ? [] : [{ url: 'told-by', valueString: fact.toldBy }]),
    ...(fact.completed === undefined ? [] : [{ url: 'completed', valueDateTime: fact.completed }]),
    ...(fact.completedBy ? [{ url: 'completed-by', valueReference: fact.completedBy }] : []),
  ],
});

/** What an order says of its having been made after the arrival; undefined for one that was written before. */
export function afterTheFactOf({ extension }: Pick<ServiceRequest, 'extension'>): AfterTheFact | undefined {
  const found = objectsIn(extension).find(({ url }) => url === URL);
  if (!found) return undefined;
  const [recorder, toldBy] = [partOf(found, 'recorder')?.valueReference, partOf(found, 'told-by')?.valueString];
  const completed = partOf(found, 'completed')?.valueDateTime;
  const completedBy = partOf(found, 'completed-by')?.valueReference;
  return {
    manner: partOf(found, 'manner')?.valueCode === 'by-word' ? 'by-word' : 'self-presented',
    recorded: partOf(found, 'recorded')?.valueDateTime ?? '',
    ...(recorder ? { recorder } : {}),
    ...(toldBy === undefined ? {} : { toldBy }),
    ...(completed === undefined ? {} : { completed }),
    ...(completedBy ? { completedBy } : {}),
  };
}

/** The same order with this mark. */
export const withAfterTheFact = <T extends Pick<ServiceRequest, 'extension'>>(order: T, fact: AfterTheFact): T => ({
  ...order,
  extension: [...objectsIn(order.extension).filter(({ url }) => url !== URL), toExtension(fact)],
});

/** True while the origin has still to add its clinical part: the list `to-complete` goes by it. */
export const awaitsOrigin = ({ extension }: Pick<Task, 'extension'>): boolean =>
  objectsIn(extension).some(({ url, valueBoolean }) => url === AWAITS && valueBoolean === true);

/** The same leg, waiting for the part of the origin or not any more. */
export function withAwaitsOrigin(task: Task, awaits: boolean): Task {
  const { extension, ...rest } = task;
  const kept = objectsIn(extension).filter(({ url }) => url !== AWAITS);
  const all = [...kept, ...(awaits ? [{ url: AWAITS, valueBoolean: true }] : [])];
  return all.length > 0 ? { ...rest, extension: all } : rest;
}
