import type { CapabilityStatementRestResourceSearchParam } from '@medplum/fhirtypes';
import { SEARCH_LIMITS } from './limits.js';

const { linkLevels, linkRows, included, includeLevels, maxCount, defaultCount, sortKeys } = SEARCH_LIMITS;

/** Parameters of every search that are no search parameters of R4's definitions, with what this server does with them. */
export const COMMON_PARAMETERS: readonly CapabilityStatementRestResourceSearchParam[] = [
  {
    name: '_has',
    type: 'special',
    documentation:
      `_has:Tipo:parámetro:condición, también anidado y tras una cadena. Una referencia se encadena con punto ` +
      `(subject:Patient.name, patient.general-practitioner.name), hasta ${linkLevels} enlaces; sin tipo se prueban todos los ` +
      `que tienen el parámetro. En cada enlace cuenta solo lo que quien pregunta puede ver, hasta ${linkRows} recursos. No en ` +
      `AuditEvent ni en definiciones (StructureDefinition, ValueSet, ...).`,
  },
  {
    name: '_list',
    type: 'special',
    documentation:
      'Ids de List; las listas funcionales ($current-...) no se admiten. No en AuditEvent ni en definiciones.',
  },
  {
    name: '_include',
    type: 'special',
    documentation:
      `Tipo:parámetro o Tipo:parámetro:TipoReferido, varias veces, con :iterate hasta ${includeLevels} veces más; sin *. ` +
      `Hasta ${included} recursos por página; si no caben, la página trae un OperationOutcome. No en AuditEvent ni en definiciones.`,
  },
  { name: '_revinclude', type: 'special', documentation: 'Como _include, en el otro sentido.' },
  {
    name: '_sort',
    type: 'string',
    documentation:
      `Hasta ${sortKeys} claves declaradas; una no admitida responde con las admitidas. De varios valores cuenta el menor, en los ` +
      `dos sentidos; sin valor, primero al subir y último al bajar. Definiciones, por _id; varios tipos a la vez, sin _sort.`,
  },
  { name: '_count', type: 'number', documentation: `De 0 a ${maxCount}; ${defaultCount} si falta.` },
  { name: '_total', type: 'token', documentation: 'none, estimate, accurate.' },
  { name: '_summary', type: 'token', documentation: 'true, text, data, count, false; text no va con _include.' },
  {
    name: '_elements',
    type: 'string',
    documentation: 'Elementos de la raíz; lo obligatorio y lo que modifica el sentido viene siempre.',
  },
];
