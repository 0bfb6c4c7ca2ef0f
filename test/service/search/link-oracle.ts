import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';

export type Stored = Resource & { id: string };
type Json = Record<string, unknown>;

/** A condition: how it is asked, and what it means said plainly. */
export interface Condition {
  /** Parameter name, to stand behind `subject:Patient.` or `_has:Task:focus:`. */
  readonly name: string;
  readonly value: string;
  readonly holds: (resource: Stored, seen: World) => boolean;
}

/** What a caller sees: resources by `Type/id`. */
export interface World {
  readonly get: (reference: string) => Stored | undefined;
  readonly all: (type: string) => readonly Stored[];
}

const member = (resource: Stored, name: string): unknown => (resource as unknown as Json)[name];

/** References of an element, one or several. */
const referencesOf = (resource: Stored, element: string): string[] =>
  [member(resource, element)].flat().flatMap((value) => (value as { reference?: string } | undefined)?.reference ?? []);

const code = (element: string, name: string, values: readonly string[]): fc.Arbitrary<Condition> =>
  fc.subarray([...values], { minLength: 1, maxLength: 2 }).map((asked) => ({
    name,
    value: asked.join(','),
    holds: (resource) => asked.includes(String(member(resource, element))),
  }));

const concept = (values: readonly string[]): fc.Arbitrary<Condition> =>
  fc.constantFrom(...values).map((asked) => ({
    name: 'code',
    value: asked,
    holds: (resource) =>
      (member(resource, 'code') as { coding?: { code: string }[] } | undefined)?.coding?.[0]?.code === asked,
  }));

/** Search parameters that refer: type -> parameter -> element and the types it may point to here. */
const LINKS: Readonly<
  Record<string, readonly (readonly [param: string, element: string, targets: readonly string[]])[]>
> = {
  Patient: [],
  ServiceRequest: [
    ['subject', 'subject', ['Patient']],
    ['patient', 'subject', ['Patient']],
    ['based-on', 'basedOn', ['ServiceRequest']],
  ],
  Task: [
    ['focus', 'focus', ['ServiceRequest', 'Condition']],
    ['patient', 'for', ['Patient']],
    ['part-of', 'partOf', ['Task']],
  ],
  Condition: [
    ['subject', 'subject', ['Patient']],
    ['patient', 'subject', ['Patient']],
  ],
};
export const TYPES = Object.keys(LINKS);

const VALUES: Readonly<Record<string, fc.Arbitrary<Condition>>> = {
  Patient: fc.oneof(
    code('gender', 'gender', ['male', 'female', 'other']),
    fc.constantFrom('a', 'b', 'ab').map((start): Condition => ({
      name: 'family',
      value: start,
      holds: (resource) => {
        const [name] = member(resource, 'name') as { family: string }[];
        return name?.family.toLowerCase().startsWith(start) === true;
      },
    })),
  ),
  ServiceRequest: fc.oneof(code('status', 'status', ['draft', 'active']), concept(['x', 'y'])),
  Task: fc.oneof(code('status', 'status', ['requested', 'completed']), code('intent', 'intent', ['order', 'plan'])),
  Condition: concept(['x', 'y', 'z']),
};

const chains = (type: string, depth: number): fc.Arbitrary<Condition>[] =>
  (LINKS[type] ?? []).flatMap(([param, element, targets]) =>
    targets.map((target) =>
      conditionOn(target, depth - 1).map((rest): Condition => ({
        name: `${param}${param === 'patient' ? '' : `:${target}`}.${rest.name}`,
        value: rest.value,
        holds: (resource, seen) =>
          referencesOf(resource, element).some((reference) => {
            const linked = reference.startsWith(`${target}/`) ? seen.get(reference) : undefined;
            return linked !== undefined && rest.holds(linked, seen);
          }),
      })),
    ),
  );

const reverses = (type: string, depth: number): fc.Arbitrary<Condition>[] =>
  TYPES.flatMap((source) =>
    (LINKS[source] ?? []).flatMap(([param, element, targets]) =>
      targets.includes(type)
        ? [
            conditionOn(source, depth - 1).map((rest): Condition => ({
              name: `_has:${source}:${param}:${rest.name}`,
              value: rest.value,
              holds: (resource, seen) =>
                seen
                  .all(source)
                  .some(
                    (one) => referencesOf(one, element).includes(`${type}/${resource.id}`) && rest.holds(one, seen),
                  ),
            })),
          ]
        : [],
    ),
  );

/** Conditions on a type with at most so many links. */
export function conditionOn(type: string, depth: number): fc.Arbitrary<Condition> {
  const plain = VALUES[type]!;
  if (depth <= 0) return plain;
  return fc.oneof(
    { weight: 1, arbitrary: plain },
    { weight: 3, arbitrary: fc.oneof(...chains(type, depth), ...reverses(type, depth)) },
  );
}

const someOf = <T extends string>(prefix: T, count: number): fc.Arbitrary<{ reference: string } | undefined> =>
  fc.option(
    fc.nat(count - 1).map((number) => ({ reference: `${prefix}${number}` })),
    { nil: undefined, freq: 4 },
  );

const SIZES = { Patient: 12, ServiceRequest: 24, Task: 30, Condition: 20 } as const;
const many = (type: keyof typeof SIZES, more: fc.Arbitrary<object>): fc.Arbitrary<Stored[]> =>
  fc
    .array(more, { minLength: SIZES[type], maxLength: SIZES[type] })
    .map((members) =>
      members.map(
        (one, number) => JSON.parse(JSON.stringify({ resourceType: type, id: `${number}`, ...one })) as Stored,
      ),
    );
const patient = someOf('Patient/', SIZES.Patient);
const codes = (values: readonly string[]): fc.Arbitrary<object> =>
  fc.constantFrom(...values).map((one) => ({ coding: [{ code: one }] }));
/** Facilities, so that a caller sees a part. */
const facility = fc.constantFrom('Organization/h1', 'Organization/h2').map((reference) => ({ reference }));

/** A small world of patients, requests, tasks and conditions with random links. */
export const graph: fc.Arbitrary<readonly Stored[]> = fc
  .tuple(
    many(
      'Patient',
      fc.record({
        gender: fc.constantFrom('male', 'female', 'other'),
        name: fc.constantFrom('A', 'Ab', 'B', 'C').map((family) => [{ family }]),
        managingOrganization: facility,
      }),
    ),
    many(
      'ServiceRequest',
      fc.record({
        status: fc.constantFrom('draft', 'active'),
        intent: fc.constant('order'),
        code: codes(['x', 'y']),
        subject: patient,
        requester: facility,
        basedOn: fc.array(
          someOf('ServiceRequest/', SIZES.ServiceRequest).map((one) => one ?? { display: '-' }),
          {
            maxLength: 2,
          },
        ),
      }),
    ),
    many(
      'Task',
      fc.record({
        status: fc.constantFrom('requested', 'completed'),
        intent: fc.constantFrom('order', 'plan'),
        focus: fc.oneof(someOf('ServiceRequest/', SIZES.ServiceRequest), someOf('Condition/', SIZES.Condition)),
        for: patient,
        owner: facility,
        partOf: fc.array(
          someOf('Task/', SIZES.Task).map((one) => one ?? { display: '-' }),
          { maxLength: 2 },
        ),
      }),
    ),
    many('Condition', fc.record({ code: codes(['x', 'y', 'z']), subject: patient, asserter: facility })),
  )
  .map((groups) => groups.flat());
