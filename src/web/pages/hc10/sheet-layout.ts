import type { Hc10Block } from '../../../referral/hc10/hc10-field.js';
import { hc10Row, type Hc10Field } from '../../../referral/hc10/hc10-fields.js';

/** Blocks that the paper form of the norm has: empty fields are lines for the pen. The others are printed when filled. */
export const ON_PAPER: ReadonlySet<Hc10Block> = new Set([
  'patient',
  'companion',
  'sender',
  'purpose',
  'clinical',
  'vital-signs',
  'obstetric',
  'exam',
  'results',
  'assessment',
  'destination',
  'contact',
  'author',
  'appointment',
  'receipt',
  'receiver',
]);

/** Blocks that are sheets of their own in the norm (annexes 3 to 7), or that an emergency adds: they follow the form. */
export const ATTACHED: ReadonlySet<Hc10Block> = new Set([
  'transport',
  'handover',
  'annex-3',
  'annex-4',
  'annex-5',
  'annex-7',
]);

/** Blocks that the head of the sheet and the back page say in their own way. */
export const ELSEWHERE: ReadonlySet<Hc10Block> = new Set(['kind', 'back']);

/** Fields of paper blocks that the paper does not have, or that are printed in another way. */
export const NO_LINE: ReadonlySet<Hc10Field> = new Set([
  'riesgo-cual',
  'amerita-otro',
  'autor-otro',
  'contacto-explicacion',
  'contacto-hora',
  'saturacion',
  'prioridad',
  'justificacion',
  'pregunta',
  'proxima-cita',
  'acompanante2-direccion',
  'acompanante-direccion',
  'recibe',
  'nino-nombre',
]);

/** Fields that are printed with others: the two pressures as one, the lists of what goes along. */
export const TOGETHER: ReadonlySet<Hc10Field> = new Set(['pa-diastolica', 'adjuntos', 'estudios']);

/** Fields whose codes the paper prints as boxes to tick. */
export const BOXES: ReadonlySet<Hc10Field> = new Set([
  'motivo',
  'riesgo',
  'amerita',
  'autor-categoria',
  'oportuna',
  'justificada',
  'contacto',
]);

const WIDE: ReadonlySet<Hc10Field> = new Set(['diagnostico', 'alergias', 'mensaje-paciente']);

/** Does a field take the whole line? */
export const isWide = (field: Hc10Field): boolean => hc10Row(field).kind === 'text' || WIDE.has(field);
