import type { Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import type { Problem } from '../../problems.js';

/** Parts of the page and their fields in the order in which a tired person fills them: what decides first, rare things last. */
export const FORM_SECTIONS = {
  where: ['destino', 'especialidad', 'amerita', 'amerita-otro', 'prioridad', 'justificacion'],
  why: ['motivo', 'resumen', 'diagnostico', 'pregunta', 'riesgo', 'riesgo-cual'],
  signs: ['pa-sistolica', 'pa-diastolica', 'fc', 'fr', 'temperatura', 'saturacion', 'peso', 'talla'],
  obstetric: ['fum', 'fpp', 'embarazos', 'partos', 'cesareas', 'hijos-vivos', 'hijos-muertos', 'obitos', 'abortos'],
  exam: ['cabeza', 'orl', 'ojos', 'cuello', 'torax', 'abdomen', 'genitales', 'extremidades', 'neurologico'],
  treatment: ['tratamiento', 'resultados', 'recomendaciones'],
  companion: [
    'acompanante-nombre',
    'acompanante-parentesco',
    'acompanante-telefono',
    'acompanante-direccion',
    'acompanante2-nombre',
    'acompanante2-parentesco',
    'acompanante2-telefono',
  ],
  contact: ['contacto', 'contacto-nombre', 'contacto-cargo', 'contacto-hora', 'contacto-explicacion'],
  transport: [
    'traslado',
    'salida',
    'via-aerea',
    'respiracion',
    'circulacion',
    'conciencia',
    'exposicion',
    'llamada-hora',
    'llamada-nombre',
  ],
} as const satisfies Record<string, readonly Hc10Field[]>;

export type FormSection = keyof typeof FORM_SECTIONS;

const PLACES = new Map(
  Object.values(FORM_SECTIONS)
    .flatMap((fields) => fields)
    .map((field, index) => [field as string, index]),
);

/** Problems in the order in which their fields stand on the page, those of no field first. */
export const inPageOrder = (problems: readonly Problem[]): readonly Problem[] => {
  const placeOf = ({ field = '' }: Problem): number => PLACES.get(field) ?? -1;
  return [...problems].sort((a, b) => placeOf(a) - placeOf(b));
};
