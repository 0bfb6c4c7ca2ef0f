import type { CompositionSection } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { narrativeDiv } from './narrative-text.js';

/**
 * Sections of the respuesta in the order of the norm (LN23:2019 section 5; profile `respuesta`), with the titles that
 * they are written with. What is read is shown in this order too.
 */
export const ANSWER_SECTIONS = {
  summary: 'Resumen y respuesta a la pregunta',
  diagnosis: 'Diagnóstico',
  findings: 'Hallazgos y exámenes',
  treatment: 'Tratamiento dado',
  medications: 'Medicamentos',
  allergies: 'Alergias',
  plan: 'Plan para el establecimiento de origen',
  'next-visit': 'Próxima cita en este establecimiento',
  'warning-signs': 'Señales de alarma',
  'patient-message': 'Mensaje para el paciente',
  attachments: 'Adjuntos',
} as const;

export type AnswerSectionCode = keyof typeof ANSWER_SECTIONS;

/** A section of the respuesta without words of its own. */
export const sectionOf = (code: AnswerSectionCode): CompositionSection => ({
  title: ANSWER_SECTIONS[code],
  code: { coding: [{ system: codeSystemUrl('respuesta-section'), code }] },
});

/** A section of the respuesta. @param text words for people; each line becomes a paragraph */
export const answerSection = (code: AnswerSectionCode, text: string): CompositionSection => ({
  ...sectionOf(code),
  text: { status: 'generated', div: narrativeDiv(text) },
});
