import type { Words } from '../../words.js';
import { HC10_BLOCKS, type Hc10Block, type Hc10FieldRow, type Hc10Place } from './hc10-field.js';
import { item, record } from './hc10-places.js';

type Asked = Exclude<Hc10FieldRow['kind'], 'shown'>;

/** One item of an attachment; its FHIR place follows from its name and kind. */
interface AnnexItem extends Words {
  readonly kind: Asked;
  readonly system?: string;
  readonly range?: readonly [number, number];
}

const VALUES: Readonly<Record<Asked, Exclude<Extract<Hc10Place, { in: 'observation' }>['value'], 'Quantity'>>> = {
  line: 'string',
  text: 'string',
  code: 'CodeableConcept',
  codes: 'CodeableConcept',
  number: 'integer',
  day: 'dateTime',
  moment: 'dateTime',
  'yes-no': 'boolean',
};

/** Rows of an attachment: each item is a component of the observation that the attachment is. */
const annex = <Name extends string>(
  block: Hc10Block,
  items: Readonly<Record<Name, AnnexItem>>,
): Readonly<Record<Name, Hc10FieldRow>> =>
  Object.fromEntries(
    (Object.entries(items) as [Name, AnnexItem][]).map(([name, one]) => [
      name,
      {
        block,
        ...one,
        at: item(name, one.es, VALUES[one.kind], { code: block, display: HC10_BLOCKS[block].es }),
        answer: null,
      },
    ]),
  ) as unknown as Readonly<Record<Name, Hc10FieldRow>>;

/** Findings and what was done about each, with the doses given (annex 4). */
const FINDINGS = {
  hipertension: { es: 'Hipertensión', en: 'Hypertension' },
  preeclampsia: { es: 'Preeclampsia', en: 'Pre-eclampsia' },
  eclampsia: { es: 'Eclampsia', en: 'Eclampsia' },
  hemorragia: { es: 'Hemorragia', en: 'Haemorrhage' },
  infeccion: { es: 'Infección', en: 'Infection' },
} as const satisfies Record<string, Words>;
type Finding = keyof typeof FINDINGS;

const findings = Object.fromEntries(
  Object.entries(FINDINGS).flatMap(([name, { es, en }]): [string, AnnexItem][] => [
    [`obs-${name}`, { es: `${es}: hallazgos`, en: `${en}: findings`, kind: 'text' }],
    [
      `obs-${name}-conducta`,
      { es: `${es}: conducta y dosis dadas`, en: `${en}: action and doses given`, kind: 'text' },
    ],
  ]),
) as Readonly<Record<`obs-${Finding}` | `obs-${Finding}-conducta`, AnnexItem>>;

/**
 * The attachments of form HC-10 (LN23:2019 annexes 3 to 7). What the pictograms of annexes 6 and 7 show is a list of codes
 * (code systems `pregnancy-danger-sign` and `child-danger-sign`), to be confirmed with the ministry.
 */
export const ANNEX_FIELDS = {
  ...annex('annex-3', {
    'agente-nombre': { es: 'Nombre del agente comunitario', en: 'Name of the community agent', kind: 'line' },
    'agente-tipo': { es: 'Es', en: 'Kind of agent', kind: 'code', system: 'community-agent-kind' },
    'agente-comunidad': { es: 'Comunidad', en: 'Community', kind: 'line' },
    'agente-telefono': { es: 'Teléfono del agente', en: "Agent's telephone", kind: 'line' },
    'agente-fecha': { es: 'Día y hora en que lo envió', en: 'Day and time of sending', kind: 'moment' },
    'agente-motivo': { es: 'Por qué lo envió', en: 'Why the agent sent the person', kind: 'text' },
    'agente-acciones': { es: 'Qué hizo el agente', en: 'What the agent did', kind: 'text' },
    'agente-consulta': {
      es: '¿Consultó antes al equipo de salud familiar?',
      en: 'Was the family-health team consulted before?',
      kind: 'yes-no',
    },
    'agente-consulta-con': { es: 'Con quién habló', en: 'With whom', kind: 'line' },
  }),
  ...annex('annex-4', {
    'obs-etapa': { es: 'Etapa', en: 'Stage', kind: 'code', system: 'obstetric-stage' },
    'obs-carne': { es: '¿Trae carné perinatal?', en: 'Does she carry her prenatal card?', kind: 'yes-no' },
    'obs-controles': {
      es: 'Número de controles prenatales',
      en: 'Number of prenatal visits',
      kind: 'number',
      range: [0, 30],
    },
    'obs-primer-control': { es: 'Inicio de los controles', en: 'Start of prenatal visits', kind: 'day' },
    'obs-plan-parto': { es: '¿Tiene plan de parto?', en: 'Is there a birth plan?', kind: 'yes-no' },
    'obs-rh': { es: 'Factor Rh', en: 'Rh factor', kind: 'code', system: 'rh-factor' },
    'obs-coagulacion': { es: 'Prueba de coagulación', en: 'Clotting test', kind: 'line' },
    'obs-proteinuria': { es: 'Proteína en orina', en: 'Urine protein', kind: 'line' },
    'obs-semanas': {
      es: 'Semanas de embarazo por ultrasonido',
      en: 'Weeks of pregnancy by ultrasound',
      kind: 'number',
      range: [4, 44],
    },
    ...findings,
    'obs-tacto': { es: 'Tacto vaginal', en: 'Vaginal examination', kind: 'text' },
  }),
  ...annex('annex-5', {
    'gestante-meses': { es: 'Meses de embarazo', en: 'Months of pregnancy', kind: 'number', range: [0, 10] },
    'gestante-senales': {
      es: 'Señales de peligro',
      en: 'Danger signs',
      kind: 'codes',
      system: 'pregnancy-danger-sign',
    },
    'gestante-acciones': { es: 'Qué se hizo antes de enviarla', en: 'What was done before sending her', kind: 'text' },
  }),
  'nino-nombre': {
    block: 'annex-7',
    es: 'Nombre, o «hijo de» si todavía no tiene',
    en: 'Name, or "child of" while there is none',
    kind: 'shown',
    at: record('Patient.name (use = temp: «Hijo de …»), Patient.extension(mother)'),
    answer: null,
  } satisfies Hc10FieldRow,
  ...annex('annex-7', {
    'nino-madre': { es: 'Nombre de la madre o de quien lo cuida', en: 'Name of the mother or carer', kind: 'line' },
    'nino-casa': {
      es: 'N.º de casa que dio el equipo de salud familiar',
      en: 'House number given by the family-health team',
      kind: 'line',
    },
    'nino-senales': { es: 'Señales de peligro', en: 'Danger signs', kind: 'codes', system: 'child-danger-sign' },
    'nino-acciones': {
      es: 'Qué se hizo antes de enviarlo',
      en: 'What was done before sending the child',
      kind: 'text',
    },
  }),
};
