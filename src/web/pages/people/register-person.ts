import type { Address, Extension, Identifier, Patient } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, profileUrl, SID } from '../../../config/canonical.js';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { dateIn } from '../../../config/honduras-time.js';
import { LANGUAGES } from '../../../record/catalogue/languages.js';
import { municipalityCode, placeNames } from '../../../record/catalogue/places.js';
import { plainDni } from '../../../record/dni.js';
import type { FormFields } from '../../form-fields.js';
import { INTERPRETER_REQUIRED } from '../../resources/person-details.js';
import { type Identity, identityOf, identityRow } from './identity-choices.js';
import { ABSENT, type KnownMother, registeredName } from './registered-name.js';
import { isChosen } from './register-problems.js';
import { isTemporaryNumber } from '../../../access/temporary-number.js';
import { BIRTH, readTypedAge, readTypedDate, typedDate } from './typed-date.js';

export interface Registration {
  /** `Organization/x` of the facility. */
  readonly facility: string;
  readonly mother?: KnownMother;
  readonly at: Date;
}

/** Numbers of a person: those the form knows are replaced, all others stay. */
function identifiersOf(form: FormFields, kind: Identity, before: Patient, { facility }: Registration): Identifier[] {
  const governed = (one: Identifier): boolean =>
    one.system === SID.dni ||
    one.system === SID.pasaporte ||
    (one.system === SID.expediente && one.assigner?.reference === facility);
  const [dni, passport, file] = [plainDni(form.get('dni')), form.get('pasaporte'), form.get('expediente')];
  const strong: Identifier[] = [
    ...(kind === 'dni' ? [{ use: 'official' as const, system: SID.dni, value: dni }] : []),
    ...(kind === 'pasaporte'
      ? [{ use: 'official' as const, system: SID.pasaporte, value: passport.replace(/\s+/g, '').toUpperCase() }]
      : []),
  ];
  const temporary = isTemporaryNumber(form.get('temporal')) ? form.get('temporal') : '';
  return [
    ...strong,
    ...(strong.length === 0 && temporary !== ''
      ? [{ use: 'temp' as const, system: SID.temporal, value: temporary }]
      : []),
    ...(file === ''
      ? []
      : [{ use: 'usual' as const, system: SID.expediente, value: file, assigner: { reference: facility } }]),
    ...(before.identifier ?? []).filter((one) => !governed(one) && !(temporary !== '' && one.system === SID.temporal)),
  ];
}

const codeExtension = (id: string, code: string): Extension[] =>
  code === '' ? [] : [{ url: extensionUrl(id), valueCode: code }];
const codedExtension = (id: string, code: string): Extension[] =>
  code === ''
    ? []
    : [{ url: extensionUrl(id), valueCodeableConcept: { coding: [{ system: codeSystemUrl(id), code }] } }];
const flagExtension = (url: string, set: boolean): Extension[] => (set ? [{ url, valueBoolean: true }] : []);

function ageExtension(form: FormFields, { at }: Registration): Extension[] {
  const value = readTypedAge(form.get('edad'));
  if (value === undefined) return [];
  return [
    {
      url: extensionUrl('estimated-age'),
      extension: [
        { url: 'age', valueAge: { value, unit: 'años', system: CODE_SYSTEMS.ucum, code: 'a' } },
        { url: 'date', valueDate: dateIn(at) },
      ],
    },
  ];
}

/** Extensions of the guide that the form asks for; others on the record stay as they are. */
function extensionsOf(
  form: FormFields,
  kind: Identity,
  before: Patient,
  registration: Registration,
  dated: boolean,
): Extension[] {
  const { mother } = registration;
  const identity = identityRow(kind).code;
  const twin = form.get('gemelar');
  const asked = [
    ...codeExtension('identity-kind', identity ?? ''),
    ...(mother?.id === undefined
      ? []
      : [{ url: extensionUrl('mother'), valueReference: { reference: `Patient/${mother.id}` } }]),
    ...(mother && twin !== '' ? [{ url: extensionUrl('twin-order'), valuePositiveInt: Number(twin) }] : []),
    ...(dated ? [] : ageExtension(form, registration)),
    ...codedExtension('pueblo', form.get('pueblo')),
    ...form.all('discapacidad').flatMap((code) => codedExtension('disability', code)),
    ...codeExtension('migrant-status', form.get('movilidad')),
    ...codeExtension('literacy', form.get('lectura')),
    ...flagExtension(extensionUrl('hard-to-reach'), isChosen(form, 'lejos')),
    ...flagExtension(INTERPRETER_REQUIRED, isChosen(form, 'interprete')),
  ];
  const governed: ReadonlySet<string> = new Set([
    ...['identity-kind', 'mother', 'twin-order', 'estimated-age', 'pueblo', 'disability'].map(extensionUrl),
    ...['migrant-status', 'literacy', 'hard-to-reach'].map(extensionUrl),
    INTERPRETER_REQUIRED,
  ]);
  const kept = (before.extension ?? []).filter(
    ({ url }) =>
      !governed.has(url) || (!mother && (url === extensionUrl('mother') || url === extensionUrl('twin-order'))),
  );
  return [...asked, ...kept];
}

function addressOf(form: FormFields, before: Patient): Pick<Patient, 'address'> {
  const names = placeNames(form.get('municipio'));
  const line = form.get('aldea');
  const [first, ...others] = before.address ?? [];
  const { line: _line, city, district, state, country, ...rest } = first ?? { use: 'home', type: 'physical' };
  const place: Address = names
    ? { city: names.municipality, district: names.municipality, state: names.department, country: 'HN' }
    : // A place that the list does not have, written by another system, stays.
      municipalityCode(state, district ?? city) === undefined
      ? withoutGaps({ city, district, state, country })
      : {};
  const says = line !== '' || Object.keys(place).length > 0;
  const home: Address = { ...rest, ...(line === '' ? {} : { line: [line] }), ...place };
  return says || others.length > 0 ? { address: [...(says ? [home] : []), ...others] } : {};
}

const withoutGaps = (parts: Readonly<Record<string, string | undefined>>): Address =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

function telecomOf(form: FormFields, before: Patient): Pick<Patient, 'telecom'> {
  const value = form.get('telefono');
  const phones = (before.telecom ?? []).filter(({ system }) => system === 'phone');
  const others = (before.telecom ?? []).filter((one) => one !== phones[0]);
  const first = value === '' ? [] : [{ use: 'mobile' as const, ...phones[0], system: 'phone' as const, value }];
  return first.length + others.length === 0 ? {} : { telecom: [...first, ...others] };
}

function communicationOf(form: FormFields, before: Patient): Pick<Patient, 'communication'> {
  const language = LANGUAGES.find(({ code }) => code === form.get('idioma'));
  const others = (before.communication ?? []).filter(({ preferred }) => !preferred);
  const preferred = language
    ? [
        {
          language: { coding: [{ system: 'urn:ietf:bcp:47', code: language.code, display: language.display }] },
          preferred: true,
        },
      ]
    : [];
  return preferred.length + others.length === 0 ? {} : { communication: [...preferred, ...others] };
}

/**
 * Patient out of the form of registration. Also the next version of one that is there: what the form asks for is replaced,
 * all else stays.
 * @param form without problems (`registerProblems`)
 * @param before the current version; for a new person nothing
 */
export function personOf(
  form: FormFields,
  registration: Registration,
  before: Patient = {
    resourceType: 'Patient',
    active: true,
    managingOrganization: { reference: registration.facility },
  },
): Patient {
  const kind = identityOf(form);
  const reading = readTypedDate(typedDate(form, BIRTH), dateIn(registration.at));
  const {
    birthDate: _birthDate,
    _birthDate: _birthExtension,
    telecom: _telecom,
    address: _address,
    communication: _communication,
    extension: _extension,
    identifier: _identifier,
    ...rest
  } = before as Patient & { readonly _birthDate?: unknown };
  const identifier = identifiersOf(form, kind, before, registration);
  const extension = extensionsOf(form, kind, before, registration, reading.kind === 'date');
  const profiles = new Set([...(before.meta?.profile ?? []), profileUrl('paciente')]);
  return {
    ...rest,
    meta: { ...before.meta, profile: [...profiles] },
    ...(extension.length > 0 ? { extension } : {}),
    ...(identifier.length > 0 ? { identifier } : {}),
    name: [registeredName(form, kind, before, registration.mother), ...(before.name ?? []).slice(1)],
    gender: form.get('sexo') as NonNullable<Patient['gender']>,
    ...(reading.kind === 'date' ? { birthDate: reading.date } : { _birthDate: { extension: ABSENT } }),
    ...telecomOf(form, before),
    ...addressOf(form, before),
    ...communicationOf(form, before),
  };
}
