import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { spanOfDate } from './dates.js';
import { CODES, CODINGS, DATES, from, IDENTIFIERS, NUMBERS, TARGETS, TEXTS, UNITS, URIS } from './pools.js';

type Shape = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const GUIDE = 'https://referencia.salud.gob.hn/fhir/StructureDefinition';

/** A record each of whose members may be absent. */
const some = (shape: Shape): fc.Arbitrary<Record<string, unknown>> => fc.record(shape, { requiredKeys: [] });
const list = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> => fc.array(item, { minLength: 1, maxLength: 2 });
/** One of the members of a choice. */
const choice = (shape: Shape): fc.Arbitrary<object> =>
  fc.oneof(...Object.entries(shape).map(([key, value]) => value.map((one) => ({ [key]: one }))));

const coding = from(CODINGS);
const concept = fc.oneof(
  fc.record({ coding: list(coding) }),
  fc.record({ coding: list(coding), text: from(TEXTS) }),
  fc.record({ text: from(TEXTS) }),
);
const code = from(CODES);
const date = from(DATES);
const instant = from(DATES.filter((one) => one.includes('T')));
/** R4 invariant per-1: it does not end before it starts. */
const period = fc.record({ start: date, end: date }, { requiredKeys: [] }).filter(({ start, end }) => {
  if (start === undefined || end === undefined) return start !== end;
  return spanOfDate(start).lo <= spanOfDate(end).hi;
});
const timing = fc.oneof(
  fc.record({ event: list(date) }),
  fc.record({ repeat: fc.record({ boundsPeriod: period }) }),
  fc.constant({ repeat: { frequency: 2, period: 1, periodUnit: 'd' } }),
);
const quantity = fc
  .tuple(from(NUMBERS), from(UNITS), from([undefined, undefined, undefined, '<', '<=', '>', '>=']))
  .map(([value, unit, comparator]) => ({ value, ...unit, ...(comparator ? { comparator } : {}) }));
const range = fc
  .tuple(from(UNITS), from(NUMBERS), from(NUMBERS), from(['both', 'low', 'high']))
  .map(([unit, a, b, ends]) => ({
    ...(ends === 'high' ? {} : { low: { value: Math.min(a, b), ...unit } }),
    ...(ends === 'low' ? {} : { high: { value: Math.max(a, b), ...unit } }),
  }));
const reference = fc.oneof(
  from(TARGETS).map((target) => ({ reference: target })),
  from(TARGETS.filter((target) => !target.includes(':'))).map((target) => ({ reference: `${target}/_history/3` })),
  from(IDENTIFIERS).map((identifier) => ({ identifier })),
  fc.constant({ reference: '#contained' }),
  fc.constant({ display: 'de palabra' }),
);
const text = from(TEXTS);
const identifier = list(from(IDENTIFIERS));
/** A canonical may say a version. */
const canonical = from(URIS);
const uri = from(URIS.filter((one) => !one.includes('|')));
const value = choice({
  valueQuantity: quantity,
  valueCodeableConcept: concept,
  valueString: text,
  valueDateTime: date,
  valuePeriod: period,
});
const seriesValue = fc.constant({ valueSampledData: { origin: { value: 0 }, period: 1, dimensions: 1, data: '1 2' } });
const extension = (name: string, inside: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  inside.map((one) => ({ url: `${GUIDE}/${name}`, ...one }));

const observation = fc
  .tuple(
    some({
      status: code,
      category: list(concept),
      code: concept,
      subject: reference,
      encounter: reference,
      performer: list(reference),
      focus: list(reference),
      dataAbsentReason: concept,
      method: concept,
      identifier,
      derivedFrom: list(reference),
      component: list(
        fc.tuple(some({ code: concept, dataAbsentReason: concept }), value).map(([a, b]) => ({ ...a, ...b })),
      ),
    }),
    choice({ effectiveDateTime: date, effectivePeriod: period, effectiveTiming: timing, effectiveInstant: instant }),
    fc.oneof(
      { weight: 8, arbitrary: value },
      { weight: 1, arbitrary: seriesValue },
      { weight: 1, arbitrary: fc.constant({}) },
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

const patient = some({
  active: fc.boolean(),
  gender: code,
  birthDate: from(DATES.filter((one) => !one.includes('T'))),
  deceasedBoolean: fc.boolean(),
  identifier,
  name: list(some({ family: text, given: list(text), text, use: fc.constant('official') })),
  telecom: list(fc.record({ system: from(['phone', 'email']), value: from(['9999-1111', 'a@b.hn']), use: code })),
  address: list(some({ line: list(text), city: text, state: text, country: text, use: fc.constant('home') })),
  communication: list(fc.record({ language: concept })),
  generalPractitioner: list(reference),
  managingOrganization: reference,
  link: list(fc.record({ other: reference })),
  extension: list(
    fc.oneof(
      extension('pueblo', fc.record({ valueCodeableConcept: concept })),
      extension('twin-order', fc.record({ valuePositiveInt: from([1, 2, 3]) })),
      extension('hard-to-reach', fc.record({ valueBoolean: fc.boolean() })),
      extension(
        'estimated-age',
        fc.record({ extension: list(fc.record({ url: fc.constant('age'), valueAge: quantity })) }),
      ),
    ),
  ),
});

const condition = fc
  .tuple(
    some({
      clinicalStatus: concept,
      category: list(concept),
      severity: concept,
      code: concept,
      bodySite: list(concept),
      subject: reference,
      encounter: reference,
      recordedDate: date,
      asserter: reference,
      evidence: list(some({ code: list(concept), detail: list(reference) })),
      stage: list(some({ summary: concept })),
    }),
    choice({ onsetAge: quantity, onsetRange: range, onsetDateTime: date, onsetPeriod: period, onsetString: text }),
    choice({ abatementAge: quantity, abatementRange: range, abatementDateTime: date, abatementString: text }),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

const serviceRequest = fc
  .tuple(
    some({
      identifier,
      instantiatesCanonical: list(canonical),
      instantiatesUri: list(uri),
      basedOn: list(reference),
      requisition: from(IDENTIFIERS),
      status: code,
      intent: code,
      category: list(concept),
      priority: code,
      code: concept,
      subject: reference,
      encounter: reference,
      authoredOn: date,
      requester: reference,
      performer: list(reference),
      performerType: concept,
      specimen: list(reference),
      bodySite: list(concept),
    }),
    choice({ occurrenceDateTime: date, occurrencePeriod: period, occurrenceTiming: timing }),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

const documentReference = some({
  status: code,
  identifier,
  type: concept,
  category: list(concept),
  subject: reference,
  date: instant,
  author: list(reference),
  description: text,
  securityLabel: list(concept),
  relatesTo: list(fc.record({ code: from(['replaces', 'appends']), target: reference })),
  content: list(
    fc.record({ attachment: some({ contentType: code, language: code, url: uri, creation: date }), format: coding }),
  ),
  context: some({
    encounter: list(reference),
    event: list(concept),
    period,
    facilityType: concept,
    related: list(reference),
  }),
});

const encounter = some({
  identifier,
  status: code,
  class: coding,
  type: list(concept),
  subject: reference,
  length: quantity,
  period,
  reasonCode: list(concept),
  basedOn: list(reference),
  episodeOfCare: list(reference),
  participant: list(some({ type: list(concept), individual: reference })),
  location: list(fc.record({ location: reference, period })),
  serviceProvider: reference,
});

const MAKERS: Readonly<Record<string, fc.Arbitrary<object>>> = {
  Observation: observation,
  Patient: patient,
  Condition: condition,
  ServiceRequest: serviceRequest,
  DocumentReference: documentReference,
  Encounter: encounter,
};
/** Types that are generated; between them they have parameters of every kind. */
export const GENERATED_TYPES: readonly string[] = Object.keys(MAKERS);

const meta = some({
  profile: list(canonical),
  source: uri,
  tag: list(coding),
  security: list(coding),
});

/** Resources of a type, with the ids `type-0`, `type-1`, ..., an hour between their last updates. */
export function generateResources(type: string, count: number, seed: number): (Resource & { id: string })[] {
  const make = MAKERS[type];
  if (!make) throw new Error(`no generator of ${type}`);
  const start = Date.parse('2026-05-03T00:00:00Z');
  return fc.sample(fc.tuple(make, meta), { numRuns: count, seed }).map(
    ([elements, its], index) =>
      ({
        resourceType: type,
        id: `${type.toLowerCase()}-${index}`,
        ...elements,
        meta: { ...its, versionId: '1', lastUpdated: new Date(start + index * 3_600_000).toISOString() },
      }) as unknown as Resource & { id: string },
  );
}
