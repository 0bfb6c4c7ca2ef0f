import type { Coding, Reference } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { localTarget } from '../../fhir/references.js';
import { isObject } from '../untrusted.js';
import type { TaskIo } from '../vocabulary.js';
import { added, changes, elementOf, type FieldSource, type FieldValue, itemsOf, type Json, partOf } from './written.js';

const TASK_IO = codeSystemUrl('task-io');
const MEDIUM = codeSystemUrl('contact-medium');

const text = (value: unknown): FieldValue[] => (typeof value === 'string' ? [{ valueString: value }] : []);
const moment = (value: unknown): FieldValue[] => (typeof value === 'string' ? [{ valueDateTime: value }] : []);
const concept = (value: unknown): FieldValue[] => (isObject(value) ? [{ valueCodeableConcept: value }] : []);

/** Text of a reference, when it has one. */
export const referenceText = (value: unknown): string | undefined => {
  const reference = partOf(value, 'reference');
  return typeof reference === 'string' ? reference : undefined;
};
const targetType = (value: unknown): string => localTarget(referenceText(value) ?? '')?.type ?? '';

/** The `value[x]` of an item. */
const valueIn = (item: Json): FieldValue =>
  Object.fromEntries(Object.entries(item).filter(([name]) => /^value[A-Z]/.test(name)));

const codingsOf = (value: unknown): readonly Json[] => itemsOf(partOf(value, 'coding'));

/** True for an input or output of one of these kinds. */
const isOf =
  (...kinds: readonly TaskIo[]) =>
  ({ type }: Json): boolean =>
    codingsOf(type).some(({ system, code }) => system === TASK_IO && kinds.some((kind) => kind === code));

/** An element as it stands. */
export const plain = (
  field: string,
  type: string,
  element: string,
  form: 'valueDateTime' | 'valueCode' | 'valueString',
): FieldSource => ({
  field,
  at: `${type}.${element}`,
  element,
  read: ({ after }) => {
    const value = elementOf(after, element);
    return typeof value === 'string' ? [{ [form]: value }] : [];
  },
});

/** An element that says something only when it is new. */
export const changedText = (field: string, type: string, element: string): FieldSource => {
  const source = plain(field, type, element, 'valueString');
  return { ...source, read: (written) => (changes(written, element) ? source.read(written) : []) };
};

/** A CodeableConcept element. */
export const coded = (field: string, type: string, element: string): FieldSource => ({
  field,
  at: `${type}.${element}`,
  element,
  read: ({ after }) => concept(elementOf(after, element)),
});

/** References of a list element. */
export const references = (field: string, type: string, element: string): FieldSource => ({
  field,
  at: `${type}.${element}`,
  element,
  read: ({ after }) => itemsOf(elementOf(after, element)).map((valueReference) => ({ valueReference })),
});

/** Those who take part, by what they are; `first`: the field stands once. */
export const actors = (field: string, types: readonly string[], first = false): FieldSource => ({
  field,
  at: `Appointment.participant.actor (${types.join(' | ')})`,
  element: 'participant',
  read: ({ after }) => {
    const found = itemsOf(elementOf(after, 'participant'))
      .map(({ actor }) => actor)
      .filter((actor) => types.includes(targetType(actor)))
      .map((actor) => ({ valueReference: actor as Reference }));
    return first ? found.slice(0, 1) : found;
  },
});

const CLINICIANS: readonly string[] = ['PractitionerRole', 'Practitioner'];

const attending = (resource: unknown): Json | undefined =>
  itemsOf(partOf(resource, 'participant')).find(({ individual }) => CLINICIANS.includes(targetType(individual)));

/** Who attends a visit. */
export const attendant = (field: string): FieldSource => ({
  field,
  at: `Encounter.participant.individual (${CLINICIANS.join(' | ')})`,
  element: 'participant',
  read: ({ after }) => {
    const individual = attending(after)?.['individual'];
    return individual === undefined ? [] : [{ valueReference: individual as Reference }];
  },
});

/** When that person began; of a visit that is new, its own beginning. */
export const attendedSince = (field: string): FieldSource => ({
  field,
  at: 'Encounter.participant.period.start (a new Encounter: Encounter.period.start)',
  element: 'participant',
  read: ({ before, after }) => {
    const own = partOf(partOf(attending(after), 'period'), 'start');
    return moment(own ?? (before ? undefined : partOf(elementOf(after, 'period'), 'start')));
  },
});

/** A visit that the server has already. */
export const itself = (field: string): FieldSource => ({
  field,
  at: 'Encounter (PUT)',
  read: ({ before, after }) =>
    before ? [{ valueReference: { reference: `${before.resourceType}/${after.id ?? ''}` } }] : [],
});

/** A new extension of the guide with one value. */
export const extensionValue = (field: string, type: string, name: string): FieldSource => ({
  field,
  at: `${type}.extension[${name}]`,
  element: 'extension',
  takes: ({ url }) => url === extensionUrl(name),
  read: (written) =>
    added(written, 'extension')
      .filter(({ url }) => url === extensionUrl(name))
      .map(valueIn),
});

const attempts = (written: Parameters<FieldSource['read']>[0]): readonly Json[] =>
  added(written, 'extension').filter(({ url }) => url === extensionUrl('contact-attempt'));

/** One part of a new contact attempt. */
export const attemptPart = (field: string, type: string, part = field): FieldSource => ({
  field,
  at: `${type}.extension[contact-attempt].${part}`,
  element: 'extension',
  takes: ({ url }) => url === extensionUrl('contact-attempt'),
  read: (written) =>
    attempts(written).flatMap(({ extension }) =>
      itemsOf(extension)
        .filter(({ url }) => url === part)
        .map(valueIn),
    ),
});

/** By which medium the patient was told. */
export const contactMedium = (field: string): FieldSource => {
  const source = attemptPart(field, 'Appointment', 'medium');
  return {
    ...source,
    read: (written) =>
      source
        .read(written)
        .map(({ valueCode }): FieldValue => ({ valueCoding: { system: MEDIUM, code: valueCode } satisfies Coding })),
  };
};

/** Task.statusReason: all of it, its codes or its words. */
export const statusReason = (field: string, part?: 'coding' | 'text'): FieldSource => ({
  field,
  at: `Task.statusReason${part === undefined ? '' : `.${part}`}`,
  element: 'statusReason',
  read: (written) => {
    if (!changes(written, 'statusReason')) return [];
    const reason = elementOf(written.after, 'statusReason');
    if (part === 'text') return text(partOf(reason, 'text'));
    if (part === undefined) return concept(reason);
    const coding = codingsOf(reason);
    return coding.length > 0 ? [{ valueCodeableConcept: { coding: [...coding] } }] : [];
  },
});

const io =
  (element: 'input' | 'output') =>
  (field: string, kind: TaskIo): FieldSource => ({
    field,
    at: `Task.${element}[${kind}]`,
    element,
    takes: isOf(kind),
    read: (written) => added(written, element).filter(isOf(kind)).map(valueIn),
  });

export const output = io('output');
export const input = io('input');

/** What the origin can do next: advice in words, a service, missing data, each an output of its own. */
export const nextSteps = (field: string): FieldSource => {
  const kinds = ['next-step', 'requested-item'] as const;
  return {
    field,
    at: 'Task.output[next-step | requested-item]',
    element: 'output',
    takes: isOf(...kinds),
    read: (written) =>
      added(written, 'output')
        .filter(isOf(...kinds))
        .map((item) => {
          const value = valueIn(item);
          const step = value.valueString === undefined ? 'service' : 'advice';
          return { part: [{ name: isOf('requested-item')(item) ? 'missing' : step, ...value }] };
        }),
  };
};

/** What the origin was asked for, in the Task that asks: each output is an item and its value. */
export const answers = (field: string): FieldSource => ({
  field,
  at: 'Task.output[provided-item] (type: provided-item and the code of what was asked)',
  element: 'output',
  takes: isOf('provided-item'),
  read: (written) =>
    added(written, 'output')
      .filter(isOf('provided-item'))
      .map((item) => {
        const coding = codingsOf(item['type']).filter(({ system }) => system !== TASK_IO);
        const words = partOf(item['type'], 'text');
        const named = {
          ...(coding.length > 0 ? { coding: [...coding] } : {}),
          ...(typeof words === 'string' ? { text: words } : {}),
        };
        return {
          part: [
            ...(Object.keys(named).length > 0 ? [{ name: 'item', valueCodeableConcept: named }] : []),
            { name: 'value', ...valueIn(item) },
          ],
        };
      }),
});

/** Words of a new note. */
export const note = (field: string): FieldSource => ({
  field,
  at: 'Task.note.text',
  element: 'note',
  takes: () => true,
  read: (written) => {
    const words = added(written, 'note').flatMap(({ text: one }) => (typeof one === 'string' ? [one] : []));
    return words.length > 0 ? [{ valueString: words.join('\n') }] : [];
  },
});

/** Value of a new identifier. */
export const ownNumber = (field: string): FieldSource => ({
  field,
  at: 'Task.identifier.value',
  element: 'identifier',
  takes: () => true,
  read: (written) =>
    added(written, 'identifier')
      .slice(0, 1)
      .flatMap(({ value }) => text(value)),
});

/** End of the time in which somebody must act. */
export const term = (field: string): FieldSource => ({
  field,
  at: 'Task.restriction.period.end',
  element: 'restriction',
  read: (written) =>
    changes(written, 'restriction')
      ? moment(partOf(partOf(elementOf(written.after, 'restriction'), 'period'), 'end'))
      : [],
});

/** The reason that the header X-Provenance gives. */
export const saidReason = (field: string): FieldSource => ({
  field,
  at: 'X-Provenance: reason',
  read: ({ said }) => itemsOf(said?.reason).slice(0, 1).flatMap(concept),
});
