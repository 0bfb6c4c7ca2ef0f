import { setTimeout as sleep } from 'node:timers/promises';
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { authorize } from '../../access/policy/authorize.js';
import { fault, isServiceError, ServiceError } from '../../errors.js';
import { etag } from '../../fhir/answer.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext, MovedWrite, StoringOptions, WriteIntent } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { patientOf } from '../../fhir/patient-of.js';
import { assertPlanAllowed } from '../../fhir/plan-policy.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import type { ResourceWrite } from '../../store/write-plan.js';
import type { Move, MoveFrame, MoveOperation } from '../move-operation.js';
import { moveRow } from '../moves.js';
import { unexplainedChanges } from './leg-change.js';
import { type Meaning, readMeaning } from './read-meaning.js';
import { saidActor } from './said-provenance.js';
import { WrittenBuilder } from './written-builder.js';
import type { FieldSource } from './written.js';

/** Tries when somebody else moved the referral between look and commit. */
const TRIES = 10;
const ACTOR_AT = 'X-Provenance: agent.who (PractitionerRole)';

const isMove = (operation: Operation): operation is MoveOperation => 'carryOut' in operation;

/** Parameters of the operation, each field from the first source that says something. */
function parametersOf({ sources, written }: Meaning): Parameters {
  const actor = saidActor(written.said);
  const read = new Map<string, ParametersParameter[]>();
  for (const { field, read: values } of sources)
    if ((read.get(field) ?? []).length === 0)
      read.set(
        field,
        values(written).map((value) => ({ name: field, ...value })),
      );
  const parameter = [
    ...(actor === undefined ? [] : [{ name: 'actor', valueReference: { reference: actor } }]),
    ...[...read.values()].flat(),
  ];
  return { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) };
}

/** The write as a request for the operation; the revision is the caller's for a leg, the newest one for what names it. */
function moveRequest({ request, before }: WriteIntent, meaning: Meaning): FhirRequest {
  const { ifNoneExist: _none, ifNoneMatch: _match, idempotencyKey: _key, jsonPatch: _patch, ...rest } = request;
  const { referral, move } = meaning;
  return {
    ...rest,
    method: 'POST',
    operation: move,
    body: parametersOf(meaning),
    ...(referral
      ? { type: 'ServiceRequest', resourceId: referral.resource.id, ifMatch: etag(referral.version) }
      : { type: 'Task', resourceId: before?.stored._id ?? '' }),
  };
}

/** Says of what is missing where in the written resource it is looked for. */
function whereMissing(error: unknown, sources: readonly FieldSource[]): unknown {
  if (!isServiceError(error)) return error;
  const findings = error.findings.map((finding) => {
    if (finding.code !== 'field-missing') return finding;
    const field = String(finding.params?.['field'] ?? '');
    const places = sources.filter((source) => source.field === field.split('.')[0]).map(({ at }) => at);
    const at = field === 'actor' ? ACTOR_AT : places.join(', ');
    return at === '' ? finding : { ...finding, params: { ...finding.params, field: `${field} (${at})` } };
  });
  return new ServiceError(findings, { cause: error, about: error.about, headers: { ...error.headers } });
}

/** The written resource is of the referral's patient, and the caller may write it. Throws 403, 422. */
async function assertBelongs(
  { context, referral: { sides } }: Move,
  intent: WriteIntent,
  builder: WriteBuilder,
  write: ResourceWrite,
): Promise<void> {
  const { request, before, after } = intent;
  if (!after || write.type === 'Task') return;
  if (patientOf(context.definitions, after, context.baseUrl) !== sides.patient)
    throw fault(
      'rule-broken',
      { es: 'No nombra al paciente de la referencia.', en: "It does not name the referral's patient." },
      write.type === 'Appointment' ? 'Appointment.participant' : `${write.type}.subject`,
    );
  const { heads } = builder;
  const only = {
    writes: [write],
    heads,
    has: (name: string) => builder.has(name),
    resourceOf: (one: ResourceWrite) => builder.resourceOf(one),
  };
  await assertPlanAllowed(context, request, only, before ? [before.stored] : []);
}

/** Runs the move of what names a referral: what was written goes into the same plan. */
async function withBrought(
  context: FhirContext,
  intent: WriteIntent,
  { id, replaces, join }: StoringOptions,
  run: (frame: MoveFrame) => Promise<{ readonly outcome?: MovedWrite['outcome'] }>,
): Promise<MovedWrite> {
  const { after, request } = intent;
  if (!after) throw new TypeError('a deletion means no move');
  const brought = { resource: after, ...(id === undefined ? {} : { id }), ...(replaces ? { replaces } : {}) };
  const builder = new WrittenBuilder(context, request, brought);
  let write: ResourceWrite | undefined;
  const { outcome } = await run({
    builder,
    complete: async (move) => {
      write = builder.settle();
      const name = `${write.type}/${write.doc._id}`;
      join?.(builder, name);
      await assertBelongs(move, intent, builder, write);
      return { written: name };
    },
  });
  if (!write) throw new TypeError('the move completes its frame');
  return { stored: write.doc, ...(outcome ? { outcome } : {}) };
}

async function attempt(
  context: FhirContext,
  intent: WriteIntent,
  options: StoringOptions,
  meaning: Meaning,
): Promise<MovedWrite> {
  const { move, referral, sources, written } = meaning;
  const operation = context.operations.filter(isMove).find(({ name }) => name === move);
  if (!operation) throw fault('use-operation', { allowed: 'GET $available-actions' });
  authorize(intent.request.caller, '$move', moveRow(move).on);
  const request = moveRequest(intent, meaning);
  try {
    if (referral)
      return await withBrought(context, intent, options, (frame) => operation.carryOut(context, request, frame));
    const builder = new WriteBuilder(context, intent.request);
    const { outcome } = await operation.carryOut(context, request, {
      builder,
      complete: async () => {
        const findings = unexplainedChanges(meaning, written);
        if (findings.length > 0) throw new ServiceError(findings);
        return Promise.resolve({ written: `Task/${request.resourceId ?? ''}` });
      },
    });
    const stored = builder.writes.find(({ type, doc }) => type === 'Task' && doc._id === request.resourceId)?.doc;
    if (!stored) throw new TypeError('a move writes its leg');
    return { stored, ...(outcome ? { outcome } : {}) };
  } catch (error) {
    throw whereMissing(error, sources);
  }
}

/** Was the referral moved by somebody else meanwhile? Then what the write means is to be read again. */
const wasMoved = (error: unknown, { referral }: Meaning): boolean =>
  isServiceError(error) &&
  error.code === 'version-conflict' &&
  referral !== undefined &&
  [referral.leg?.task.id, referral.resource.id].includes(String(error.findings[0]?.params?.['id']));

/**
 * Hook of plain FHIR writes (design.md 3a.2): carries out the move that a write means, by the operation's own code, with
 * the written resource in the same transaction. Undefined when it means none. A write of the leg itself needs If-Match
 * like the operation; for what names the referral the newest revision is taken, and read again when somebody was faster.
 * Throws what the operation throws; a missing field is told with its place in the written resource.
 */
export async function moveByWrite(
  context: FhirContext,
  intent: WriteIntent,
  options: StoringOptions,
): Promise<MovedWrite | undefined> {
  for (let tries = 1; ; tries += 1) {
    const meaning = await readMeaning(context, intent);
    if (!meaning) return undefined;
    try {
      return await attempt(context, intent, options, meaning);
    } catch (error) {
      if (!wasMoved(error, meaning) || tries === TRIES) throw error;
      await sleep(Math.random() * 5 * tries);
    }
  }
}

/** Hook of transactions: does a write mean a move? Throws like `readMeaning`. */
export const meansMove = async (context: FhirContext, intent: WriteIntent): Promise<boolean> =>
  (await readMeaning(context, intent)) !== undefined;
