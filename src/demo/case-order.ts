import type { Condition, Encounter, Extension, Patient, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, profileUrl, SID } from '../config/canonical.js';
import { localInstant, MINUTE } from '../seed/history/calendar.js';
import { specialtyDisplay } from '../seed/service-resources.js';
import type { DemoCase } from './demo-data.js';
import type { DirectoryFacility, Post } from './directory.js';

/** What the order refers to. */
export interface OrderLinks {
  readonly origin: DirectoryFacility;
  readonly destination: DirectoryFacility;
  readonly author: Post;
  readonly patient: Reference<Patient> & { readonly reference: string };
  readonly encounter: Reference<Encounter>;
  readonly condition: Reference<Condition>;
  readonly supporting: readonly Reference[];
  /** Blood pressure, pulse and the like, for the handover. */
  readonly vitals: readonly Reference[];
  /** Moment of writing, ms since 1970. */
  readonly written: number;
}

const text = (id: string, value: string | undefined): Extension[] =>
  value === undefined ? [] : [{ url: extensionUrl(id), valueString: value }];
const coded = (id: string, value: string | undefined): Extension[] =>
  value === undefined
    ? []
    : [{ url: extensionUrl(id), valueCodeableConcept: { coding: [{ system: codeSystemUrl(id), code: value }] } }];
const part = (url: string, value: string | undefined): Extension[] =>
  value === undefined ? [] : [{ url, valueString: value }];

const companion = ({ companion: person }: DemoCase): Extension[] =>
  person
    ? [
        {
          url: extensionUrl('companion'),
          extension: Object.entries(person).flatMap(([name, value]) => part(name, value)),
        },
      ]
    : [];

function priorContact({ contact }: DemoCase, written: number): Extension[] {
  if (!contact) return [];
  return [
    {
      url: extensionUrl('prior-contact'),
      extension: [
        { url: 'contacted', valueBoolean: true },
        ...part('name', contact.name),
        ...part('post', contact.post),
        { url: 'time', valueDateTime: localInstant(written - 15 * MINUTE) },
      ],
    },
  ];
}

function handover({ handover: state, contact }: DemoCase, { vitals, written }: OrderLinks): Extension[] {
  if (!state) return [];
  const { treatment, ...systems } = state;
  return [
    {
      url: extensionUrl('handover'),
      extension: [
        ...Object.entries(systems).flatMap(([name, value]) => part(name, value)),
        ...vitals.map((valueReference) => ({ url: 'vital-signs', valueReference })),
        ...treatment.flatMap((each) => part('treatment', each)),
        { url: 'call-time', valueDateTime: localInstant(written - 15 * MINUTE) },
        ...part('call-name', contact?.name),
        { url: 'departure', valueDateTime: localInstant(written) },
      ],
    },
  ];
}

/** Number that the origin's own system gave to a case: the same in every run. */
export const placerNumber = ({ from, key }: Pick<DemoCase, 'from' | 'key'>): string => `DEMO-${from}-${key}`;

/** The order of form HC-10 (LN23:2019 annex 2). */
export function caseOrder(each: DemoCase, links: OrderLinks): ServiceRequest {
  const { origin, destination, author, written } = links;
  const specialty = specialtyDisplay(each.specialty);
  return {
    resourceType: 'ServiceRequest',
    meta: { profile: [profileUrl('referencia')] },
    extension: [
      ...text('clinical-question', each.question),
      ...text('urgency-justification', each.urgency),
      ...coded('care-requested', each.care),
      ...priorContact(each, written),
      ...coded('risk', each.risk),
      ...companion(each),
      ...coded('transport', each.transport),
      ...handover(each, links),
    ],
    identifier: [{ system: SID.placer, value: placerNumber(each), assigner: origin.reference }],
    status: 'draft',
    intent: 'order',
    category: [{ coding: [{ system: codeSystemUrl('referral-category'), code: 'referencia' }] }],
    priority: each.priority,
    code: { text: `Referencia a ${specialty}` },
    subject: links.patient,
    encounter: links.encounter,
    authoredOn: localInstant(written),
    requester: author,
    performerType: {
      coding: [{ system: codeSystemUrl('specialty'), code: each.specialty, display: specialty }],
    },
    performer: [destination.reference],
    reasonCode: [{ coding: [{ system: codeSystemUrl('referral-purpose'), code: each.motive }], text: each.summary }],
    reasonReference: [links.condition],
    supportingInfo: [...links.supporting],
    patientInstruction: 'Presente esta hoja y su identidad en admisión. Si empeora, acuda a emergencia.',
  };
}
