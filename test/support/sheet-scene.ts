import type { Bundle, Organization, Parameters, Patient, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../src/config/canonical.js';
import { loadDefinitions } from '../../src/fhir/definitions/load-definitions.js';
import { hc10Bundle } from '../../src/referral/hc10/hc10-bundle.js';
import type { Hc10Values } from '../../src/referral/hc10/hc10-fields.js';
import { stateConcept, TASK_CODES } from '../../src/referral/vocabulary.js';
import { sayIn } from '../../src/web/language.js';
import { referralView, type ReferralView } from '../../src/web/pages/referral/referral-view.js';
import type { SheetTerms } from '../../src/web/pages/hc10/sheet-terms.js';

export const SHEET_TERMS: SheetTerms = {
  language: 'es',
  say: sayIn('es'),
  services: {
    fhir: { definitions: loadDefinitions(), paperSecret: 'secret' },
    publicUrl: 'https://referencia.salud.gob.hn',
  },
};

const coded = (id: string, code: string) => ({
  url: extensionUrl(id),
  valueCodeableConcept: { coding: [{ system: codeSystemUrl(id), code }] },
});

const facility = (id: string, name: string, type: string): Organization => ({
  resourceType: 'Organization',
  id,
  name,
  type: [{ coding: [{ system: codeSystemUrl('facility-type'), code: type }] }],
  extension: [coded('institution', 'sesal'), coded('gestor', 'descentralizado')],
  address: [{ city: 'La Ceiba', state: 'Atlántida' }],
  telecom: [{ system: 'phone', value: '2440-0000' }],
  partOf: { reference: 'Organization/red' },
});

export const SHEET_PATIENT: Patient = {
  resourceType: 'Patient',
  id: 'p',
  name: [{ family: 'Güity Ñúñez', given: ['María', 'José'] }],
  gender: 'female',
  birthDate: '1990-01-01',
  identifier: [{ system: SID.dni, value: '0101199012345' }],
  telecom: [
    { system: 'phone', value: '9988-7766' },
    { system: 'email', value: 'maria@example.hn' },
  ],
  address: [{ line: ['Barrio La Isla, casa 24'], city: 'La Ceiba', district: 'La Ceiba', state: 'Atlántida' }],
};

/** A sent referral as `$referral` gives it: what a form says, with ids in the place of links. */
export function sheetView(
  values: Hc10Values,
  more: { readonly motives?: readonly string[]; readonly patient?: Patient; readonly task?: Partial<Task> } = {},
): ReferralView {
  const { motives = ['diagnostico'], patient = SHEET_PATIENT, task = {} } = more;
  const bundle = hc10Bundle({
    placer: 'F-1',
    written: new Date('2026-11-22T16:00:00Z'),
    patient: { reference: 'Patient/p' },
    author: { reference: 'PractitionerRole/r' },
    origin: { reference: 'Organization/origen' },
    destination: { reference: 'Organization/destino' },
    specialty: { code: values.especialidad ?? 'cardiologia', display: 'Cardiología' },
    priority: values.amerita === 'emergencia' ? 'stat' : values.prioridad === 'urgent' ? 'urgent' : 'routine',
    motives,
    values,
    diagnosis: { text: values.diagnostico ?? 'Dolor torácico' },
  });
  const ids = new Map(
    (bundle.entry ?? []).map(({ fullUrl = '', resource }, index) => [fullUrl, `${resource?.resourceType}/e${index}`]),
  );
  const linked = JSON.parse(
    [...ids].reduce(
      (text, [link, reference]) => text.replaceAll(`"${link}"`, `"${reference}"`),
      JSON.stringify(bundle),
    ),
  ) as Bundle;
  const resources = (linked.entry ?? []).map(({ resource }, index) => ({ ...resource, id: `e${index}` }) as Resource);
  const order = resources.at(-1) as ServiceRequest & { id: string };
  const leg: Task = {
    resourceType: 'Task',
    id: 't',
    status: 'received',
    intent: 'order',
    code: TASK_CODES.fulfill,
    businessStatus: stateConcept('in-triage'),
    requester: { reference: 'Organization/origen' },
    owner: { reference: 'Organization/destino' },
    for: { reference: 'Patient/p' },
    focus: { reference: `ServiceRequest/${order.id}` },
    basedOn: [{ reference: `ServiceRequest/${order.id}` }],
    ...task,
  };
  const sent: ServiceRequest = {
    ...order,
    identifier: [
      ...(order.identifier ?? []),
      { system: SID.referencia, value: 'REF-2026-0000042' },
      { system: SID.seguimiento, value: 'ABCDE23456' },
    ],
  };
  const whole: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      sent,
      ...resources.slice(0, -1),
      leg,
      patient,
      facility('origen', 'UAPS Corozal', 'uaps'),
      facility('destino', 'Hospital Regional Atlántida', 'hospital-general'),
      { resourceType: 'Organization', id: 'red', name: 'Red Litoral' } satisfies Organization,
      { resourceType: 'PractitionerRole', id: 'r', practitioner: { display: 'Dra. Ana Peña' } } as Resource,
    ].map((resource) => ({ resource })),
  };
  const available: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'state', valueCode: 'in-triage' },
      { name: 'version', valueString: '1' },
    ],
  };
  return referralView(whole, available, 'origen');
}
