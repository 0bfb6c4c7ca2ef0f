import type { Provenance } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { MOVES } from '../referral/moves.js';
import type { Post } from './directory.js';
import type { FacilitySystem } from './facility-system.js';

/** More moves than any case makes. */
const MOST_MOVES = 100;

/** What may be done with a referral now. */
export interface Available {
  readonly state: string;
  /** For If-Match. */
  readonly version: string;
  readonly moves: readonly string[];
}

/** Moves made after sending, oldest first, from the Provenance that every move leaves. */
export async function movesMade(system: FacilitySystem, order: string): Promise<string[]> {
  const found = await system.search<Provenance>('Provenance', {
    target: `ServiceRequest/${order}`,
    _count: MOST_MOVES,
  });
  const operations = codeSystemUrl('referral-operation');
  return found
    .flatMap(({ recorded, activity }) => {
      const move = activity?.coding?.find((coding) => coding.system === operations)?.code;
      // The service's own acts (an overdue term) move nothing.
      return move === undefined || move === 'submit' || !Object.hasOwn(MOVES, move) ? [] : [{ recorded, move }];
    })
    .sort((a, b) => a.recorded.localeCompare(b.recorded))
    .map(({ move }) => move);
}

/** State of a leg and what somebody may do with it (anybody of the facility, when nobody is named). */
export const availableActions = (system: FacilitySystem, task: string, actor?: Post): Promise<Available> =>
  availableAt(system, `Task/${task}`, actor);

/** The same of a draft, which has no leg. @param order id of the ServiceRequest */
export const availableDraft = (system: FacilitySystem, order: string, actor?: Post): Promise<Available> =>
  availableAt(system, `ServiceRequest/${order}`, actor);

async function availableAt(system: FacilitySystem, target: string, actor?: Post): Promise<Available> {
  const { body } = await system.operation('available-actions', target, {
    ...(actor ? { query: { actor: actor.reference } } : {}),
  });
  const parameters = body.parameter ?? [];
  const value = (name: string): string => {
    const found = parameters.find((each) => each.name === name);
    return found?.valueCode ?? found?.valueString ?? '';
  };
  const moves = parameters
    .filter(({ name }) => name === 'action')
    .flatMap(({ part }) => part?.find(({ name }) => name === 'name')?.valueCode ?? []);
  return { state: value('state'), version: value('version'), moves };
}
