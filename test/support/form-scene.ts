import type { Bundle, Parameters, Task } from '@medplum/fhirtypes';
import { loadDefinitions } from '../../src/fhir/definitions/load-definitions.js';
import { SHIPPED_DEADLINES } from '../../src/referral/deadlines/shipped-edition.js';
import type { ReferralState } from '../../src/referral/states.js';
import { ioType, stateConcept, TASK_CODES } from '../../src/referral/vocabulary.js';
import { codeSystemUrl, SID } from '../../src/config/canonical.js';
import { sayIn } from '../../src/web/language.js';
import type { SiteServices } from '../../src/web/site-services.js';
import { referralView } from '../../src/web/pages/referral/referral-view.js';
import type { FormScene } from '../../src/web/pages/referral/forms/move-form.js';

const definitions = loadDefinitions();

/** Tasks of a referral in which something was asked and a plan has two points. */
const TASKS: readonly Task[] = [
  {
    resourceType: 'Task',
    id: 'leg',
    status: 'received',
    intent: 'order',
    code: TASK_CODES.fulfill,
    groupIdentifier: { system: SID.referencia, value: 'REF-2026-0000001' },
    businessStatus: stateConcept('in-triage'),
    priority: 'urgent',
    for: { reference: 'Patient/p' },
    requester: { reference: 'Organization/origin' },
    owner: { reference: 'Organization/hospital' },
    output: [{ type: ioType('encounter'), valueReference: { reference: 'Encounter/e' } }],
  },
  {
    resourceType: 'Task',
    id: 'asked',
    status: 'requested',
    intent: 'order',
    code: TASK_CODES['provide-information'],
    input: [
      {
        type: ioType('requested-item'),
        valueCodeableConcept: { coding: [{ system: codeSystemUrl('information-item'), code: 'ecg' }] },
      },
      { type: ioType('requested-item'), valueString: 'Foto de la lesión' },
    ],
  },
  {
    resourceType: 'Task',
    id: 'plan',
    status: 'ready',
    intent: 'order',
    code: TASK_CODES['follow-up'],
    input: [
      { type: ioType('plan-item'), valueString: 'Control de presión' },
      { type: ioType('plan-item'), valueString: 'Repetir creatinina' },
    ],
  },
];

/** A directory in which every search finds one of the asked type. */
function directory(path: string): Bundle {
  const resourceType = path.split('?')[0] as 'Location';
  return { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType, id: 'one', name: 'Uno' } }] };
}

/** A store in which there is nothing. */
const EMPTY_STORE = { read: () => Promise.resolve(undefined), find: () => Promise.resolve([]) };

/** A scene for tests of the forms: a referral in a state, seen by a specialist of its destination. */
export function formScene(state: ReferralState = 'in-triage', now = new Date('2026-11-20T15:00:00Z')): FormScene {
  const whole: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'ServiceRequest',
          id: 'r',
          status: 'active',
          intent: 'order',
          priority: 'urgent',
          subject: { reference: 'Patient/p' },
          performerType: { coding: [{ system: codeSystemUrl('specialty'), code: 'cardiologia' }] },
        },
      },
      { resource: { resourceType: 'Patient', id: 'p' } },
      ...TASKS.map((resource) => ({ resource })),
    ],
  };
  const available: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'state', valueCode: state },
      { name: 'version', valueString: '3' },
    ],
  };
  return {
    now,
    deadlines: SHIPPED_DEADLINES,
    view: referralView(whole, available, 'hospital'),
    page: {
      say: sayIn('es'),
      language: 'es',
      services: { fhir: { definitions, store: EMPTY_STORE } } as unknown as SiteServices,
      signedIn: () => ({
        sub: 'specialist.hosp1',
        clientId: 'pages',
        role: 'specialist',
        actsAs: ['specialist'],
        facility: 'hospital',
        facilities: ['hospital'],
        practitionerRole: 'specialist',
        scope: '',
        purpose: 'TREAT',
        displayName: 'Especialista',
      }),
      fhir: (_method, path) => Promise.resolve({ status: 200, headers: {}, resource: directory(path) as never }),
    },
  };
}
