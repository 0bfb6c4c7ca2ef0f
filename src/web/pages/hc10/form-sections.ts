import type { Hc10Block } from '../../../referral/hc10/hc10-field.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row, isOrderField } from '../../../referral/hc10/hc10-fields.js';
import type { Problem } from '../../problems.js';

const ofBlock = (block: Hc10Block): readonly Hc10Field[] =>
  ALL_HC10_FIELDS.filter((field) => hc10Row(field).block === block && isOrderField(field));

/** The attachments of the norm: each block is a part of the page. */
const ANNEX_SECTIONS = {
  annex3: ofBlock('annex-3'),
  annex4: ofBlock('annex-4'),
  annex5: ofBlock('annex-5'),
  annex7: ofBlock('annex-7'),
} as const;

/** Parts of the page and their fields in the order in which a tired person fills them: what decides first, rare things last. */
export const FORM_SECTIONS = {
  where: ['clase', 'destino', 'especialidad', 'amerita', 'amerita-otro', 'prioridad', 'justificacion'],
  why: ['motivo', 'resumen', 'diagnostico', 'pregunta', 'riesgo', 'riesgo-cual'],
  signs: ['pa-sistolica', 'pa-diastolica', 'fc', 'fr', 'temperatura', 'saturacion', 'peso', 'talla'],
  newborn: ['perimetro-cefalico', 'longitud', 'apgar-1', 'apgar-5'],
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
    'acompanante2-direccion',
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
  author: ['autor-categoria', 'autor-otro', 'impresion'],
  ...ANNEX_SECTIONS,
} as const satisfies Record<string, readonly Hc10Field[]>;

export type FormSection = keyof typeof FORM_SECTIONS;

const PLACES = new Map(
  Object.values<readonly Hc10Field[]>(FORM_SECTIONS)
    .flatMap((fields) => fields)
    .map((field, index) => [field as string, index]),
);

/** Problems in the order in which their fields stand on the page, those of no field first. */
export const inPageOrder = (problems: readonly Problem[]): readonly Problem[] => {
  const placeOf = ({ field = '' }: Problem): number => PLACES.get(field) ?? -1;
  return [...problems].sort((a, b) => placeOf(a) - placeOf(b));
};

/** Who is referred, as far as it decides which parts of the page are needed. */
export interface FormNeed {
  /** Whole years; undefined when nobody knows. */
  readonly age: number | undefined;
  readonly isWoman: boolean;
}

const mayBePregnant = ({ age, isWoman }: FormNeed): boolean =>
  isWoman && (age === undefined || (age >= 10 && age < 50));

/** Parts that only some people need; those without a row here are for everybody. */
const NEEDED: Readonly<Partial<Record<FormSection, (need: FormNeed) => boolean>>> = {
  newborn: ({ age }) => age === undefined || age === 0,
  obstetric: ({ isWoman }) => isWoman,
  annex4: mayBePregnant,
  annex5: mayBePregnant,
  annex7: ({ age }) => age === undefined || age < 5,
};

/** Is a part of the page of any use for this person? */
export const isNeeded = (section: FormSection, need: FormNeed): boolean => NEEDED[section]?.(need) ?? true;
