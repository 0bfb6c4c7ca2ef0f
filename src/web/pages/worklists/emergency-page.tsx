import { randomUUID } from 'node:crypto';
import type { Bundle, Parameters, ParametersParameter, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import { plainDni } from '../../../record/dni.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { GroupedSelect } from '../../components/grouped-select.js';
import { TextField } from '../../components/text-field.js';
import { fault } from '../../../errors.js';
import { type FormFields, formFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, type PageView, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { inBundle, parametersOf } from '../../resources/in-bundle.js';
import { nameOrUnknown } from '../../resources/person.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { REGISTER } from '../../texts/people-register.js';
import { PERSON } from '../../texts/person.js';
import { loadDestinations } from '../hc10/destinations.js';
import { findByDni } from '../people/find-people.js';
import { personOf } from '../people/register-person.js';
import { readTypedAge } from '../people/typed-date.js';

/** Where the desk receives an emergency that nobody announced. */
export const EMERGENCY_PATH = '/recepcion/emergencia';
/** Who is at the door (LN23:2019 8.4.3). */
const AUDIENCE = ['clerk', 'uau', 'triage'] as const;
const FIELDS = {
  patient: 'persona',
  person: 'dni',
  reason: 'motivo',
  origin: 'origen',
  toldBy: 'avisa',
  number: 'numero',
} as const;
const DNI_DIGITS = 13;
const NUMBER = /^E-[0-9a-f-]{36}$/;

/** Somebody on record whom the desk has found already. */
async function chosen(page: PageContext, given: FormFields): Promise<Patient | undefined> {
  const id = given.get(FIELDS.patient);
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) return undefined;
  const answer = await page.tryFhir<Patient>('GET', `Patient/${id}`);
  return answer.ok ? answer.resource : undefined;
}

async function formPage(page: PageContext, given: FormFields, problems: readonly Problem[] = []): Promise<PageView> {
  const { say } = page;
  const { groups } = await loadDestinations(page, page.signedIn().facility ?? '');
  const known = await chosen(page, given);
  const field = (name: string) => ({
    name,
    value: given.get(name),
    error: problems.find((problem) => problem.field === name)?.text,
  });
  const number = NUMBER.test(given.get(FIELDS.number)) ? given.get(FIELDS.number) : `E-${randomUUID()}`;
  return view(
    EMERGENCY.title,
    <>
      <ErrorSummary problems={problems} />
      <p>{say(EMERGENCY.intro)}</p>
      <Form action={EMERGENCY_PATH}>
        <input type="hidden" name={FIELDS.number} value={number} />
        {known ? (
          <>
            <input type="hidden" name={FIELDS.patient} value={known.id} />
            <p>
              <strong>{nameOrUnknown(known, say)}</strong>
            </p>
          </>
        ) : (
          <>
            <TextField {...field('dni')} label={EMERGENCY.dni} inputMode="numeric" width="medium" optional />
            <TextField {...field('nombres')} label={EMERGENCY.given} optional />
            <TextField {...field('apellido1')} label={EMERGENCY.surname} optional />
            <Choices
              {...field('sexo')}
              label={EMERGENCY.sex}
              choices={[
                { value: 'female', text: say(PERSON.female) },
                { value: 'male', text: say(PERSON.male) },
                { value: 'unknown', text: say(REGISTER.sexUnknown) },
              ]}
              chosen={[given.get('sexo') || 'unknown']}
            />
            <TextField {...field('edad')} label={EMERGENCY.age} inputMode="numeric" width="short" optional />
          </>
        )}
        <TextField {...field(FIELDS.reason)} label={EMERGENCY.reason} hint={EMERGENCY.reasonHint} optional />
        <GroupedSelect
          {...field(FIELDS.origin)}
          label={EMERGENCY.origin}
          hint={EMERGENCY.originHint}
          groups={groups}
          optional
        />
        <TextField {...field(FIELDS.toldBy)} label={EMERGENCY.toldBy} optional />
        <Button label={EMERGENCY.receive} kind="send" />
      </Form>
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

/** A person as far as anybody knows, by the form of registration: with a DNI, with a name, or with neither. */
function newPerson(given: FormFields, facility: string): Patient {
  const dni = plainDni(given.get('dni'));
  const named = given.get('nombres') !== '' || given.get('apellido1') !== '';
  const fields = new URLSearchParams({
    clase: dni === '' ? (named ? 'sin-documento' : 'desconocido') : 'dni',
    dni: given.get('dni'),
    sexo: given.get('sexo') || 'unknown',
    edad: given.get('edad'),
    nombres: given.get('nombres'),
    apellido1: given.get('apellido1'),
  });
  return personOf(formFields(fields.toString()), { facility, at: new Date() });
}

/** Who came: chosen before, on record under the DNI that was typed, or new. */
async function personField(page: PageContext, facility: string): Promise<ParametersParameter> {
  const { form } = page;
  const reference = (id: string): ParametersParameter => ({
    name: 'patient',
    valueReference: { reference: `Patient/${id}` },
  });
  const known = await chosen(page, form);
  if (known?.id !== undefined) return reference(known.id);
  const dni = plainDni(form.get('dni'));
  const [found] = dni === '' ? [] : await findByDni(page, dni);
  return found ? reference(found.patient.id) : { name: 'person', resource: newPerson(form, facility) };
}

/**
 * A transfer of this person that is on its way here has arrived now: without that the ambulance would be searched for while
 * the person lies here. Undefined when there is none, or when it is not for this person to say so.
 */
async function arrivedTransfer(page: PageContext, patient: string, facility: string): Promise<string | undefined> {
  const query = new URLSearchParams({
    patient,
    owner: `Organization/${facility}`,
    'business-status': `${codeSystemUrl('referral-status')}|in-transit`,
    _count: '1',
  });
  const found = await page.tryFhir<Bundle>('GET', `Task?${query.toString()}`);
  const [leg] = found.ok ? inBundle(found.resource, 'Task') : [];
  if (!leg) return undefined;
  const body: Parameters = { resourceType: 'Parameters' };
  const ifMatch = { 'if-match': `W/"${leg.meta?.versionId ?? ''}"` };
  const done = await page.tryFhir('POST', `Task/${leg.id}/$arrive`, body, ifMatch);
  return done.ok ? leg.focus?.reference?.replace(/^ServiceRequest\//, '') : undefined;
}

function problemsIn({ form, say }: PageContext): readonly Problem[] {
  const [dni, age] = [plainDni(form.get('dni')), form.get('edad')];
  return [
    ...(dni !== '' && !new RegExp(`^\\d{${DNI_DIGITS}}$`).test(dni)
      ? [{ text: say(EMERGENCY.dniLength), field: 'dni' }]
      : []),
    ...(age !== '' && readTypedAge(age) === undefined ? [{ text: say(EMERGENCY.ageWrong), field: 'edad' }] : []),
  ];
}

async function receive(page: PageContext): Promise<PageAnswer> {
  const { form, language } = page;
  const { facility, role } = page.signedIn();
  if (facility === undefined) throw fault('role-forbidden', { role, interaction: '$move', type: 'ServiceRequest' });
  const problems = problemsIn(page);
  if (problems.length > 0) return formPage(page, form, problems);
  const words = (name: 'reason' | 'toldBy'): ParametersParameter[] =>
    form.get(FIELDS[name]) === '' ? [] : [{ name, valueString: form.get(FIELDS[name]) }];
  const origin = form.get(FIELDS.origin);
  const person = await personField(page, `Organization/${facility}`);
  const known = person.valueReference?.reference;
  const awaited = known === undefined ? undefined : await arrivedTransfer(page, known, facility);
  if (awaited !== undefined) return redirect(`/referencias/${awaited}?hecho=arrive`);
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      person,
      ...words('reason'),
      ...words('toldBy'),
      ...(origin === '' ? [] : [{ name: 'origin', valueReference: { reference: `Organization/${origin}` } }]),
      ...(NUMBER.test(form.get(FIELDS.number)) ? [{ name: 'identifier', valueString: form.get(FIELDS.number) }] : []),
    ],
  };
  const answer = await page.tryFhir<Parameters>('POST', 'ServiceRequest/$receive-emergency', body);
  if (!answer.ok) return formPage(page, form, problemsOf(answer.error, language, FIELDS));
  const referral = parametersOf(answer.resource, 'referral')[0]?.resource as ServiceRequest;
  return redirect(`/referencias/${referral.id ?? ''}?hecho=receive-emergency`);
}

/** `GET /recepcion/emergencia`: one short form; `persona` (Patient id) when the desk has found who it is. */
export const emergencyForm: Page = {
  method: 'GET',
  path: EMERGENCY_PATH,
  audience: AUDIENCE,
  handle: (page) => formPage(page, formFields(page.query.toString())),
};

/** `POST /recepcion/emergencia`: receives the person at once; the referral is made after the fact. */
export const receiveEmergency: Page = { method: 'POST', path: EMERGENCY_PATH, audience: AUDIENCE, handle: receive };
