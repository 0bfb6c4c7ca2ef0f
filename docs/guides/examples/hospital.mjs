// Plays the hospital's side of docs/guides/examples/referral.json, as an outside system would:
//   npm run --silent cli -- keys system.hosp1 > hosp1.jwk.json
//   node docs/guides/examples/hospital.mjs hosp1.jwk.json [http://127.0.0.1:8080]
// It goes on from whatever state the referral is in, up to the answer (respuesta).
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { signIn } from './sign-in.mjs';

const ROOT = 'https://referencia.salud.gob.hn/fhir';
const NUMBER = `${ROOT}/sid/placer|EJEMPLO-UAPS1-0001`;
const [keyFile = 'hosp1.jwk.json', base = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const fhir = await signIn(base, JSON.parse(await readFile(keyFile, 'utf8')), 'system.hosp1');

/** First match of a search. */
async function one(resourceType, searchParams) {
  const { entry = [] } = await fhir.resourceSearch({ resourceType, searchParams });
  if (entry.length === 0) throw new Error(`no ${resourceType} ${JSON.stringify(searchParams)}`);
  return entry[0].resource;
}
const code = (system, value) => ({ coding: [{ system: `${ROOT}/CodeSystem/${system}`, code: value }] });

const order = await one('ServiceRequest', { identifier: NUMBER });
const hospital = order.performer[0].reference;
const post = async (role) => {
  const { id } = await one('PractitionerRole', {
    organization: hospital,
    role: `${ROOT}/CodeSystem/workflow-role|${role}`,
  });
  return `PractitionerRole/${id}`;
};
const specialist = await post('specialist');
const number = order.identifier.find(({ system }) => system === `${ROOT}/sid/referencia`).value;
const now = Date.now();
const at = (ms) => new Date(now + ms).toISOString();

/** A signed document: a Bundle that begins with the Composition (profile respuesta-documento). */
async function answer() {
  const patient = await fhir.read({ resourceType: 'Patient', id: order.subject.reference.split('/')[1] });
  const task = await one('Task', { 'based-on': `ServiceRequest/${order.id}`, code: 'fulfill' });
  const visit = task.output.findLast(({ type }) => type.coding[0].code === 'encounter').valueReference;
  const section = (id, title, text) => ({
    title,
    code: code('respuesta-section', id),
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` },
  });
  const identifier = { system: `${ROOT}/sid/referencia`, value: `${number}-R1` };
  const composition = {
    resourceType: 'Composition',
    meta: { profile: [`${ROOT}/StructureDefinition/respuesta`] },
    extension: [
      { url: `${ROOT}/StructureDefinition/disposition`, valueCodeableConcept: code('disposition', 'control') },
    ],
    identifier,
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '11488-4' }] },
    subject: order.subject,
    encounter: visit,
    date: at(0),
    author: [{ reference: specialist }],
    title: `Respuesta a la referencia ${number}`,
    attester: [{ mode: 'professional', time: at(0), party: { reference: specialist } }],
    custodian: { reference: hospital },
    event: [{ detail: [{ reference: `ServiceRequest/${order.id}` }] }],
    section: [
      section('summary', 'Resumen y respuesta a la pregunta', 'Retinopatía leve; no necesita láser ahora.'),
      section('diagnosis', 'Diagnóstico', 'E11.3'),
      section('medications', 'Medicamentos', 'Metformina 850 mg cada 12 horas'),
      section('plan', 'Plan para el establecimiento de origen', 'Repetir HbA1c en 3 meses.'),
      section('patient-message', 'Mensaje para el paciente', 'Vuelva a revisión en un año.'),
    ],
  };
  return {
    resourceType: 'Bundle',
    meta: { profile: [`${ROOT}/StructureDefinition/respuesta-documento`] },
    identifier,
    type: 'document',
    timestamp: at(0),
    entry: [composition, patient].map((resource) => ({ fullUrl: `urn:uuid:${randomUUID()}`, resource })),
  };
}

/** For each state: the move that leads on, the post that makes it, what it carries. */
const NEXT = {
  sent: ['receive', 'clerk', () => []],
  'in-triage': [
    'accept',
    'triage',
    () => [
      { name: 'priority', valueCode: order.priority },
      { name: 'modality', valueCodeableConcept: code('modality', 'in-person') },
      { name: 'service', valueCodeableConcept: code('specialty', 'oftalmologia') },
    ],
  ],
  'accepted-waiting': [
    'book',
    'scheduler',
    async () => [
      { name: 'start', valueDateTime: at(0) },
      { name: 'end', valueDateTime: at(30 * 60_000) },
      { name: 'participant', valueReference: { reference: specialist } },
      {
        name: 'location',
        valueReference: { reference: `Location/${(await one('Location', { organization: hospital })).id}` },
      },
      { name: 'contactResult', valueCodeableConcept: code('contact-medium', 'phone') },
    ],
  ],
  scheduled: ['arrive', 'clerk', () => []],
  arrived: [
    'start-care',
    'specialist',
    () => [
      { name: 'practitioner', valueReference: { reference: specialist } },
      { name: 'start', valueDateTime: at(0) },
    ],
  ],
  'in-care': [
    'respond',
    'specialist',
    async () => [
      { name: 'document', resource: await answer() },
      { name: 'oportuna', valueCode: 'yes' },
      { name: 'justificada', valueCode: 'yes' },
    ],
  ],
};

const task = await one('Task', { 'based-on': `ServiceRequest/${order.id}`, code: 'fulfill', _sort: '-modified' });
for (;;) {
  const target = { resourceType: 'Task', id: task.id };
  const { parameter } = await fhir.operation({ ...target, name: 'available-actions', method: 'GET' });
  const state = parameter.find(({ name }) => name === 'state').valueCode;
  const version = parameter.find(({ name }) => name === 'version').valueString;
  console.log(`${number}: ${state} (version ${version})`);
  if (!NEXT[state]) break;
  const [move, role, input] = NEXT[state];
  const actor = { name: 'actor', valueReference: { reference: await post(role) } };
  await fhir.operation({
    ...target,
    name: move,
    method: 'POST',
    input: { resourceType: 'Parameters', parameter: [actor, ...(await input())] },
    options: { headers: { 'If-Match': `W/"${version}"` } },
  });
}
