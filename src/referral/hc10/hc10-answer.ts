import type { Bundle, Composition, Condition, Observation, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import { dispositionOf } from '../answer-document.js';
import type { AnswerSectionCode } from '../answer-section.js';
import { type AnswerScene, buildAnswer } from '../build-answer.js';
import { narrativeLines } from '../narrative-text.js';
import { hasCoding } from '../vocabulary.js';
import { hc10Extensions, readHc10Extensions } from './hc10-extensions.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, type Hc10Values } from './hc10-fields.js';
import { hc10Observations, readHc10Observations } from './hc10-observations.js';

/** What a form HC-10 says when it is ticked "Respuesta": the same sheet, filled by the receiver. */
export interface Hc10Answer {
  readonly values: Hc10Values;
  /** Codes of `referral-purpose`. */
  readonly motives: readonly string[];
  /** CIE-10 code of the diagnosis. */
  readonly diagnosisCode?: string;
}

const PURPOSE = codeSystemUrl('referral-purpose');
const SECTION = codeSystemUrl('respuesta-section');

/** Only what a respuesta has a place for. */
const answerValues = (values: Hc10Values): Hc10Values =>
  Object.fromEntries(
    (Object.entries(values) as [Hc10Field, string][]).filter(([field]) => answerPlace(field) !== undefined),
  );

/** What is words of a section in a respuesta is no observation there. */
const withoutSections = (values: Hc10Values): Hc10Values =>
  Object.fromEntries(
    (Object.entries(values) as [Hc10Field, string][]).filter(([field]) => answerPlace(field)?.in !== 'section'),
  );

/**
 * The FHIR document of a respuesta, from the sheet. What the profile demands and the sheet leaves empty is an empty text:
 * validation names it.
 */
export function hc10Answer({ values, motives, diagnosisCode }: Hc10Answer, scene: AnswerScene): Bundle {
  const { resumen = '', diagnostico = '', recomendaciones = '', disposicion = '' } = values;
  const { resultados, tratamiento, medicamentos = '', 'proxima-cita': nextVisit } = values;
  const { 'senales-alarma': warning, 'mensaje-paciente': message = '' } = values;
  const own = answerValues(values);
  return buildAnswer(
    {
      summary: resumen,
      diagnosis: diagnostico,
      ...(diagnosisCode === undefined ? {} : { diagnosisCode }),
      ...(resultados === undefined ? {} : { findings: resultados }),
      ...(tratamiento === undefined ? {} : { treatment: tratamiento }),
      medications: medicamentos.split('\n').filter((line) => line !== ''),
      plan: recomendaciones,
      ...(nextVisit === undefined ? {} : { nextVisit }),
      ...(warning === undefined ? {} : { warning }),
      message,
      disposition: disposicion,
    },
    scene,
    {
      motives,
      extension: hc10Extensions(own, {}, 'answer'),
      observations: hc10Observations(withoutSections(own)),
    },
  );
}

/** Words of one section as they were written, without blank lines; undefined for a section that says that there is nothing. */
function sectionText({ section = [] }: Composition, code: AnswerSectionCode): string | undefined {
  const found = section.find((one) => hasCoding(one.code, SECTION, code));
  const lines = found?.emptyReason ? [] : narrativeLines(found?.text?.div);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** Sections of a Composition by field. */
const sectionValues = (composition: Composition): Hc10Values =>
  Object.fromEntries(
    ALL_HC10_FIELDS.flatMap((field) => {
      const place = answerPlace(field);
      const text = place?.in === 'section' ? sectionText(composition, place.code) : undefined;
      return text === undefined ? [] : [[field, text] as const];
    }),
  );

const ofType = <T extends Resource['resourceType']>(
  resources: readonly Resource[],
  type: T,
): readonly Extract<Resource, { resourceType: T }>[] =>
  resources.filter((one) => one.resourceType === type) as Extract<Resource, { resourceType: T }>[];

/**
 * A respuesta read back as a sheet.
 * @param composition as stored or as the first entry of the document
 * @param resources the other entries of the document, as far as they are known
 */
export function readHc10Answer(composition: Composition, resources: readonly Resource[] = []): Hc10Answer {
  const observations: readonly Observation[] = ofType(resources, 'Observation');
  const conditions: readonly Condition[] = ofType(resources, 'Condition');
  const disposicion = dispositionOf(composition);
  const code = conditions
    .flatMap(({ code: concept }) => concept?.coding ?? [])
    .find(({ system }) => system === CODE_SYSTEMS.icd10)?.code;
  return {
    values: {
      ...readHc10Observations(observations),
      ...readHc10Extensions(composition, 'answer'),
      ...sectionValues(composition),
      ...(disposicion === undefined ? {} : { disposicion }),
    },
    motives: (composition.event ?? [])
      .flatMap(({ code: codes = [] }) => codes.flatMap(({ coding = [] }) => coding))
      .flatMap(({ system, code: motive }) => (system === PURPOSE && motive !== undefined ? [motive] : [])),
    ...(code === undefined ? {} : { diagnosisCode: code }),
  };
}
