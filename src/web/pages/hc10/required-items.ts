import type { CodeableConcept } from '@medplum/fhirtypes';
import type { Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import type { FormFields } from '../../form-fields.js';
import { attachField } from './attach-section.js';
import { FORM_SECTIONS } from './form-sections.js';

type Group = Parameters<typeof attachField>[0];

interface ItemPlace {
  /** One of these fields filled in is enough. */
  readonly fields?: readonly Hc10Field[];
  /** So is something marked in one of these groups of the record. */
  readonly attached?: readonly Group[];
  /** What is there may be another study than the one asked for: only the person can tell. */
  readonly unsure?: true;
}

/** Where the form has what a service may ask for, by the codes of `information-item`; others the form cannot tell. */
const ITEM_PLACES: Readonly<Record<string, ItemPlace>> = {
  'clinical-summary': { fields: ['resumen'] },
  diagnosis: { fields: ['diagnostico'] },
  'clinical-question': { fields: ['pregunta'] },
  'urgency-justification': { fields: ['justificacion'] },
  'vital-signs': { fields: FORM_SECTIONS.signs, attached: ['signs'] },
  'growth-data': { fields: ['peso', 'talla'], attached: ['signs'] },
  'physical-exam': { fields: FORM_SECTIONS.exam },
  'obstetric-data': { fields: FORM_SECTIONS.obstetric },
  medications: { fields: ['tratamiento'], attached: ['medicines'] },
  history: { attached: ['problems'] },
  laboratory: { fields: ['resultados'], attached: ['results'], unsure: true },
  imaging: { fields: ['resultados'], attached: ['results'], unsure: true },
  ecg: { fields: ['resultados'], attached: ['results'], unsure: true },
  pathology: { fields: ['resultados'], attached: ['results'], unsure: true },
};

/** `has`, `lacks`, or `look` for what only the person can tell. */
export type ItemState = 'has' | 'lacks' | 'look';

/** Does the form, as it is filled in now, bring what is asked for? */
export function itemState({ coding }: CodeableConcept, filled: FormFields, knowsAllergies: boolean): ItemState {
  const code = coding?.[0]?.code ?? '';
  if (code === 'allergies') return knowsAllergies || filled.get('alergias') !== 'no-se-pregunto' ? 'has' : 'lacks';
  const place = Object.hasOwn(ITEM_PLACES, code) ? ITEM_PLACES[code] : undefined;
  if (!place) return 'look';
  const { fields = [], attached = [], unsure = false } = place;
  const some =
    fields.some((field) => filled.get(field) !== '') ||
    attached.some((group) => filled.all(attachField(group)).length > 0);
  if (!some) return 'lacks';
  return unsure ? 'look' : 'has';
}
