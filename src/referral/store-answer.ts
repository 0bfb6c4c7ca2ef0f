import type { Bundle, Composition, DocumentReference, Encounter, Reference } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import { resourceOf } from '../fhir/stored-resource.js';
import { compositionIn, documentReference, standaloneComposition } from './answer-document.js';
import type { Move } from './move-operation.js';
import { PROFILES } from './vocabulary.js';

/** A referral has few answers. */
const MOST_ANSWERS = 100;

interface AnswerOptions {
  /** The visit; none for advice without one. */
  readonly encounter?: Reference<Encounter> | undefined;
  /** References of the Compositions that this one takes the place of. */
  readonly replaces: readonly string[];
  /** Who keeps the patient, for advice. */
  readonly responsible?: Reference;
}

/** Index entries of the answers that are replaced. */
async function entriesOf({ context, referral }: Move) {
  const filter = { 's.ref': `related~ServiceRequest/${referral.resource.id}` };
  const found = await context.store.find('DocumentReference', filter, { limit: MOST_ANSWERS });
  return found
    .map((stored) => ({ stored, resource: resourceOf<DocumentReference & { id: string }>(stored) }))
    .filter(({ resource: { status, content } }) => {
      const url = content[0]?.attachment.url;
      return status === 'current' && url?.startsWith('Bundle/') === true;
    });
}

/** The answer says which ones it takes the place of, whatever its author wrote. */
const relatesTo = (composition: Composition, replaces: readonly string[]): Composition['relatesTo'] => [
  ...(composition.relatesTo ?? []).filter(
    ({ targetReference }) => !replaces.includes(targetReference?.reference ?? ''),
  ),
  ...replaces.map((reference) => ({ code: 'replaces' as const, targetReference: { reference } })),
];

/**
 * Stores the answer that a move carries: the Composition as a resource of its own, the signed document as it came, and its
 * entry in the index of documents. What it replaces is marked as superseded there; the old texts stay.
 */
export async function storeAnswer(
  move: Move,
  { encounter, replaces, responsible }: AnswerOptions,
): Promise<Composition & { id: string }> {
  const { builder, now, referral, values } = move;
  const given = compositionIn(values);
  const document = values.resource('document');
  if (!given || document?.resourceType !== 'Bundle') throw new TypeError('the document was checked before');
  const patient = referral.sides.patient === undefined ? {} : { patient: referral.sides.patient };
  const composition = standaloneComposition(given, referral.resource.subject, encounter);
  const url = extensionUrl('responsible');
  const answer = builder.create<Composition>(
    {
      ...composition,
      ...(responsible
        ? {
            extension: [
              ...(composition.extension ?? []).filter((one) => one.url !== url),
              { url, valueReference: responsible },
            ],
          }
        : {}),
      ...(replaces.length > 0 ? { relatesTo: relatesTo(composition, replaces) } : {}),
    },
    patient,
  );
  const profile = [...new Set([...(document.meta?.profile ?? []), PROFILES.answerDocument])];
  const stored = builder.create<Bundle>({ ...document, meta: { ...document.meta, profile } }, patient);
  const old = replaces.length > 0 ? await entriesOf(move) : [];
  for (const { stored: before, resource } of old) builder.update(before, { ...resource, status: 'superseded' });
  const entry = documentReference({
    document: stored,
    composition: answer,
    referralId: referral.resource.id,
    now,
    replaces: old.map(({ resource }) => resource.id),
  });
  builder.create(entry, patient);
  return answer;
}
