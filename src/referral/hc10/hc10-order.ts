import type { Condition, Encounter, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../../config/canonical.js';
import { instantIn } from '../../config/honduras-time.js';
import { hasCoding, PROFILES } from '../vocabulary.js';
import type { Hc10Case } from './hc10-case.js';
import { hc10Extensions, readHc10Extensions } from './hc10-extensions.js';
import type { Hc10Values } from './hc10-fields.js';

/** Entries of the Bundle that the order refers to. */
export interface Hc10Links {
  readonly encounter: Reference<Encounter>;
  readonly condition: Reference<Condition>;
  readonly supporting: readonly Reference[];
  /** Signs measured for this referral: the handover names them. */
  readonly vitals: readonly Reference[];
}

const PURPOSE = codeSystemUrl('referral-purpose');

const CATEGORY = codeSystemUrl('referral-category');

/**
 * Is it an interconsulta: opinion only, the patient stays with the origin (LN23:2019 section 5)? It goes the same way as a
 * referral and is told apart by a second category and `intent` proposal.
 */
export const isInterconsulta = ({ category = [] }: Pick<ServiceRequest, 'category'>): boolean =>
  category.some((one) => hasCoding(one, CATEGORY, 'interconsulta'));

/** Category, intent and name of an order by the field `clase`. */
function kindOf({ values, specialty }: Hc10Case): Pick<ServiceRequest, 'intent' | 'category' | 'code'> {
  const advice = values.clase === 'interconsulta';
  const codes = ['referencia', ...(advice ? ['interconsulta'] : [])];
  return {
    intent: advice ? 'proposal' : 'order',
    category: codes.map((code) => ({ coding: [{ system: CATEGORY, code }] })),
    code: { text: `${advice ? 'Interconsulta' : 'Referencia'} a ${specialty.display}` },
  };
}

/** What every patient is told on the sheet (LN23:2019 annex 2, back page). */
export const PATIENT_INSTRUCTION = 'Presente esta hoja y su identidad en admisión. Si empeora, acuda a emergencia.';

/** The order of form HC-10 (LN23:2019 annex 2), as a draft: sending it gives its national number. */
export function hc10Order(form: Hc10Case, links: Hc10Links): ServiceRequest {
  const { values, specialty, motives } = form;
  const [first, ...others] = motives.map((code) => ({ coding: [{ system: PURPOSE, code }] }));
  const extension = hc10Extensions(values, {
    handover: links.vitals.map((valueReference) => ({ url: 'vital-signs', valueReference })),
  });
  return {
    resourceType: 'ServiceRequest',
    meta: { profile: [PROFILES.referral] },
    ...(extension.length > 0 ? { extension } : {}),
    identifier: [{ system: SID.placer, value: form.placer, assigner: form.origin }],
    status: 'draft',
    ...kindOf(form),
    priority: form.priority,
    subject: form.patient,
    encounter: links.encounter,
    authoredOn: instantIn(form.written),
    requester: form.author,
    performerType: { coding: [{ system: codeSystemUrl('specialty'), ...specialty }] },
    performer: [form.destination],
    reasonCode: [{ ...first, ...(values.resumen === undefined ? {} : { text: values.resumen }) }, ...others],
    reasonReference: [links.condition],
    ...(links.supporting.length > 0 ? { supportingInfo: [...links.supporting] } : {}),
    ...(values.recomendaciones === undefined ? {} : { note: [{ text: values.recomendaciones }] }),
    patientInstruction: PATIENT_INSTRUCTION,
  };
}

/** Codes of `referral-purpose` of an order. */
export const motivesOf = ({ reasonCode = [] }: Pick<ServiceRequest, 'reasonCode'>): readonly string[] =>
  reasonCode
    .flatMap(({ coding = [] }) => coding)
    .flatMap(({ system, code }) => (system === PURPOSE && code !== undefined ? [code] : []));

/** What an order says by itself, by field; the diagnosis and the observations stand in resources of their own. */
export function readHc10Order(order: ServiceRequest): Hc10Values {
  const resumen = order.reasonCode?.find(({ text }) => text !== undefined)?.text;
  const recomendaciones = order.note?.map(({ text }) => text).join('\n');
  const especialidad = order.performerType?.coding?.[0]?.code;
  const { priority } = order;
  return {
    ...readHc10Extensions(order),
    clase: isInterconsulta(order) ? 'interconsulta' : 'referencia',
    ...(resumen === undefined ? {} : { resumen }),
    ...(recomendaciones === undefined ? {} : { recomendaciones }),
    ...(especialidad === undefined ? {} : { especialidad }),
    ...(priority === undefined ? {} : { prioridad: priority }),
  };
}
