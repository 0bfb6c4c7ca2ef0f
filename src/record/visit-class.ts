import type { Encounter } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import type { Words } from '../words.js';

/** Classes of a visit (HL7 v3 ActCode) in the words of the norm: «amerita atención en» (LN23:2019 annex 2). */
const CLASSES: ReadonlyMap<string, Words> = new Map([
  ['AMB', { es: 'Consulta externa', en: 'Outpatient visit' }],
  ['EMER', { es: 'Emergencia', en: 'Emergency' }],
  ['IMP', { es: 'Hospitalización', en: 'Hospital stay' }],
  ['HH', { es: 'Visita a domicilio', en: 'Home visit' }],
  ['VR', { es: 'A distancia', en: 'Remote' }],
]);

/** Class of a visit in words; its own display when it is another one. */
export function visitClassWords({ system, code = '', display }: Encounter['class']): Words {
  const known = system === undefined || system === CODE_SYSTEMS.actCode ? CLASSES.get(code) : undefined;
  const other = display ?? code;
  return known ?? { es: other, en: other };
}
