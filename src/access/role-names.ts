import type { Words } from '../words.js';
import type { Role } from './caller.js';

/** What people call a role. */
export const ROLE_NAMES: Readonly<Record<Role, Words>> = {
  clinician: { es: 'médico general o especialista en el origen', en: 'clinician at the origin' },
  nurse: { es: 'enfermera o auxiliar', en: 'nurse or auxiliary nurse' },
  'community-agent': { es: 'agente comunitario', en: 'community agent' },
  clerk: { es: 'admisión', en: 'admission clerk' },
  uau: { es: 'Unidad de Atención al Usuario', en: 'user service desk' },
  triage: { es: 'triaje', en: 'triage' },
  scheduler: { es: 'agenda de citas', en: 'scheduler' },
  specialist: { es: 'especialista o médico tratante', en: 'specialist or treating clinician' },
  manager: { es: 'gestor de red o región', en: 'network or region manager' },
  patient: { es: 'paciente o encargado', en: 'patient or guardian' },
  'paper-code': { es: 'quien tiene la hoja de una referencia', en: 'holder of the sheet of a referral' },
  statistics: { es: 'estadística', en: 'statistics' },
  approver: { es: 'segunda firma de una publicación', en: 'second signature of a release' },
  national: { es: 'oficina nacional', en: 'national office' },
  privacy: { es: 'oficial de privacidad', en: 'privacy officer' },
  administrator: { es: 'administrador del sistema', en: 'system administrator' },
  system: { es: 'sistema de un establecimiento', en: "a facility's software" },
  conformance: { es: 'programa de pruebas (solo en desarrollo)', en: 'test program (development only)' },
  service: { es: 'el propio servicio', en: 'the service itself' },
};
