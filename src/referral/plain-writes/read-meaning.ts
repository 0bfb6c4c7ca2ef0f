import type { Resource, Task } from '@medplum/fhirtypes';
import { canSee } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import { toPlain } from '../../fhir/exact-json.js';
import type { FhirContext, WriteIntent } from '../../fhir/fhir-context.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { allowedMoves, allowedText } from '../allowed-moves.js';
import { readReferral, type Referral } from '../load-referral.js';
import type { MoveName } from '../moves.js';
import { ALL_PARTIES } from '../parties.js';
import { standingFacts } from '../standing-facts.js';
import { lastOutput } from '../task-io.js';
import { isLeg, isReferral, isTaskOf, stateOf } from '../vocabulary.js';
import { legChange } from './leg-change.js';
import { PLAIN_MOVES, type PlainMove } from './plain-moves.js';
import { saidProvenance } from './said-provenance.js';
import { referenceText } from './sources.js';
import { changes, elementOf, type FieldSource, itemsOf, type Written } from './written.js';

/** A move that a plain write means. */
export interface Meaning {
  readonly move: MoveName;
  readonly sources: readonly FieldSource[];
  readonly written: Written;
  /** The referral it moves, as it stands; of a write of the leg itself the leg says it. */
  readonly referral?: Referral;
}

/** 422 with the moves that somebody could make of a referral now. @param state the referral's own, or that of an earlier leg */
async function refuse(context: FhirContext, referral: Referral | undefined, state = referral?.state): Promise<Error> {
  if (!referral || !state) return fault('use-operation', { allowed: 'GET $available-actions' });
  const standing = await standingFacts(context, referral);
  return fault('use-operation', {
    allowed: allowedText(allowedMoves(context.operations, state, ALL_PARTIES, standing)),
  });
}

async function referralOfLeg(context: FhirContext, { focus }: Task): Promise<Referral | undefined> {
  const target = localTarget(focus?.reference ?? '', context.baseUrl);
  const stored = target && (await context.store.read('ServiceRequest', target.id));
  return stored && readReferral(context, stored);
}

/** Ids of the ServiceRequests that a resource is based on. */
const orders = (context: FhirContext, resource: Resource | undefined): string[] => [
  ...new Set(
    itemsOf(elementOf(resource, 'basedOn')).flatMap((reference) => {
      const target = localTarget(referenceText(reference) ?? '', context.baseUrl);
      return target?.type === 'ServiceRequest' ? [target.id] : [];
    }),
  ),
];

/**
 * The referral that a resource names in `basedOn`; undefined for other orders, and for one that the caller may not see,
 * which is told like one that does not exist. Throws 422 when it names several.
 */
async function referralOf(
  context: FhirContext,
  { request }: WriteIntent,
  resource: Resource | undefined,
): Promise<Referral | undefined> {
  const found: Referral[] = [];
  for (const id of orders(context, resource)) {
    const stored = await context.store.read('ServiceRequest', id);
    if (!stored || stored.del || !isReferral(resourceOf(stored))) continue;
    if (!(await canSee(context.store, request.caller, 'ServiceRequest', stored))) continue;
    const referral = await readReferral(context, stored);
    if (referral) found.push(referral);
  }
  if (found.length > 1)
    throw fault(
      'rule-broken',
      { es: 'Nombra más de una referencia en basedOn.', en: 'It names more than one referral in basedOn.' },
      'basedOn',
    );
  return found[0];
}

const IN_FORCE = { Appointment: 'appointment', Encounter: 'encounter' } as const;

function isInForce({ leg }: Referral, type: string, id: string | undefined): boolean {
  if (!leg || id === undefined || (type !== 'Appointment' && type !== 'Encounter')) return false;
  return lastOutput(leg.task, IN_FORCE[type]) === `${type}/${id}`;
}

/** Row of the table for a change; `was` is the status before. */
const rowOf = (written: Written, was: unknown, inForce: boolean): PlainMove | undefined =>
  PLAIN_MOVES.find(
    ({ type, from, to, changes: elements, inForce: only }) =>
      type === written.after.resourceType &&
      from.some((status) => status === was) &&
      to.some((status) => status === elementOf(written.after, 'status')) &&
      (!only || inForce) &&
      (elements?.some((element) => changes(written, element)) ?? true),
  );

async function linkedMeaning(
  context: FhirContext,
  intent: WriteIntent,
  written: Written,
): Promise<Meaning | undefined> {
  const { type, before } = intent;
  const id = before?.stored._id;
  const referral = await referralOf(context, intent, written.after);
  const earlier = orders(context, before?.resource);
  const same = referral && earlier.includes(referral.resource.id);
  if (earlier.length > 0 && !same) {
    // What a referral stands on is not taken away from under it.
    const left = await referralOf(context, intent, before?.resource);
    if (left && isInForce(left, type, id)) throw await refuse(context, left);
  }
  if (!referral) return undefined;
  const was = same ? elementOf(before?.resource, 'status') : 'new';
  const row = rowOf(written, was, isInForce(referral, type, id));
  if (!row) return undefined;
  if (row.move === undefined) throw await refuse(context, referral);
  return { move: row.move, sources: row.sources, written, referral };
}

/**
 * The move that a plain write means (tables of `plain-moves.ts`), or undefined. Throws 422 `use-operation` for a write of
 * a leg that means none, and for one that takes away what a referral stands on; 400 for a header X-Provenance that cannot
 * be read.
 */
export async function readMeaning(context: FhirContext, intent: WriteIntent): Promise<Meaning | undefined> {
  const { after: given, before, interaction, request } = intent;
  if (interaction === 'delete' || !given) return undefined;
  const leg = isLeg(before?.resource) ? before.resource : undefined;
  const asks = before?.resource.resourceType === 'Task' && isTaskOf(before.resource, 'provide-information');
  if (!leg && !asks && given.resourceType !== 'Appointment' && given.resourceType !== 'Encounter') return undefined;
  const said = saidProvenance(request);
  const written: Written = {
    after: toPlain(given),
    ...(before ? { before: before.resource } : {}),
    ...(said ? { said } : {}),
  };
  if (!leg) return linkedMeaning(context, intent, written);
  const state = stateOf(leg);
  const change = state && legChange(context.operations, state, written);
  if (!change) throw await refuse(context, await referralOfLeg(context, leg), state);
  return { ...change, written };
}
