import { createHash } from 'node:crypto';
import type { Bundle, Composition, DocumentReference, Reference } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import type { Finding } from '../errors.js';
import { stringifyFhir } from '../fhir/exact-json.js';
import { localTarget } from '../fhir/references.js';
import type { FieldValues } from './field-values.js';
import { PROFILES } from './vocabulary.js';

/** LOINC 11488-4, consultation note: type of the respuesta. */
const ANSWER_TYPE = { coding: [{ system: 'http://loinc.org', code: '11488-4' }] };

/** The respuesta inside the `document` of an operation: first entry of a Bundle of type document (FHIR R4 documents). */
export function compositionIn(values: FieldValues): Composition | undefined {
  const bundle = values.resource('document');
  const first =
    bundle?.resourceType === 'Bundle' && bundle.type === 'document' ? bundle.entry?.[0]?.resource : undefined;
  return first?.resourceType === 'Composition' ? first : undefined;
}

/** Code of the disposition: what happens to the patient now. */
export const dispositionOf = (composition: Composition | undefined): string | undefined =>
  composition?.extension
    ?.find(({ url }) => url === extensionUrl('disposition'))
    ?.valueCodeableConcept?.coding?.find(({ system }) => system === codeSystemUrl('disposition'))?.code;

/** Composition statuses of an answer: one that ends the referral, and one that comes before the end. */
const STATUSES = {
  final: { allowed: ['final', 'amended'], es: 'La respuesta debe ser final.', en: 'The answer must be final.' },
  interim: {
    allowed: ['preliminary'],
    es: 'La respuesta parcial debe ser preliminar (preliminary).',
    en: 'An interim answer must be preliminary.',
  },
} as const;

export type AnswerKind = keyof typeof STATUSES;

/** What must hold between a document and the referral it answers. */
export function checkDocument(values: FieldValues, referralId: string, kind: AnswerKind): Finding[] {
  if (!values.has('document')) return [];
  const composition = compositionIn(values);
  if (!composition)
    return [
      {
        code: 'structure',
        params: { reason: 'document: Bundle.type = document, entry[0] = Composition' },
        expression: 'document',
      },
    ];
  const { allowed, es, en } = STATUSES[kind];
  const fits = allowed.some((status) => status === composition.status);
  const answers = (composition.event ?? [])
    .flatMap(({ detail }) => detail ?? [])
    .some(
      ({ reference }) =>
        localTarget(reference ?? '')?.id === referralId || reference?.endsWith(`/ServiceRequest/${referralId}`),
    );
  const finding = (spanish: string, english: string, expression: string): Finding => ({
    code: 'rule-broken',
    params: { es: spanish, en: english },
    expression,
  });
  return [
    ...(fits ? [] : [finding(es, en, 'document.Composition.status')]),
    ...(answers
      ? []
      : [
          finding(
            `event.detail debe nombrar ServiceRequest/${referralId}.`,
            `event.detail must name ServiceRequest/${referralId}.`,
            'document.Composition.event.detail',
          ),
        ]),
  ];
}

/** A link inside the document becomes a logical reference outside of it: the text stays true, nothing dangles. */
function outside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(outside);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const { reference, ...rest } = value as { reference?: unknown };
  const copied = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, outside(member)]));
  if (typeof reference !== 'string') return 'reference' in value ? { reference, ...copied } : copied;
  return reference.startsWith('urn:')
    ? { identifier: { system: 'urn:ietf:rfc:3986', value: reference }, ...copied }
    : { reference, ...copied };
}

/** The Composition as a resource of its own, so that the record and searches find it without opening the document. */
export function standaloneComposition(
  composition: Composition,
  subject: Reference,
  encounter: Reference | undefined,
): Composition {
  const { id: _id, ...copy } = outside(composition) as Composition;
  return {
    ...copy,
    meta: { ...copy.meta, profile: [PROFILES.answer] },
    subject: subject,
    ...(encounter ? { encounter: encounter as Composition['encounter'] } : {}),
  };
}

export interface DocumentEntry {
  /** The document as stored. */
  readonly document: Bundle & { id: string };
  readonly composition: Composition & { id: string };
  readonly referralId: string;
  readonly now: Date;
  /** Ids of the DocumentReferences that it takes the place of. */
  readonly replaces: readonly string[];
}

/** Index entry of the stored document (FHIR R4 DocumentReference; the hash is SHA-1 as Attachment.hash demands). */
export function documentReference({
  document,
  composition,
  referralId,
  now,
  replaces,
}: DocumentEntry): DocumentReference {
  const text = stringifyFhir(document);
  return {
    resourceType: 'DocumentReference',
    ...(document.identifier ? { masterIdentifier: document.identifier } : {}),
    status: 'current',
    docStatus: composition.status,
    type: ANSWER_TYPE,
    subject: composition.subject as DocumentReference['subject'],
    date: now.toISOString(),
    author: composition.author,
    ...(composition.custodian ? { custodian: composition.custodian } : {}),
    ...(replaces.length > 0
      ? {
          relatesTo: replaces.map((id) => ({
            code: 'replaces' as const,
            target: { reference: `DocumentReference/${id}` },
          })),
        }
      : {}),
    description: composition.title,
    content: [
      {
        attachment: {
          contentType: 'application/fhir+json',
          url: `Bundle/${document.id}`,
          size: Buffer.byteLength(text),
          hash: createHash('sha1').update(text).digest('base64'),
          title: composition.title,
          creation: composition.date,
        },
      },
    ],
    context: {
      ...(composition.encounter ? { encounter: [composition.encounter] } : {}),
      related: [{ reference: `ServiceRequest/${referralId}` }],
    },
  };
}
