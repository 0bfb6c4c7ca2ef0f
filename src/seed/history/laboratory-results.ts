import type { Observation } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import { catalogue } from '../catalogue.js';
import type { Diagnosis, LaboratoryTest } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import { DAY, localInstant } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import type { PersonFacts, Sex } from './person-facts.js';
import { quantity } from '../../referral/hc10/vital-signs.js';
import type { VisitPlace } from './vital-signs.js';

const byKey = new Map(catalogue.laboratory.map((test) => [test.key, test]));

/** Tests that a diagnosis asks for: beginning of the CIE-10 code -> keys of the laboratory list. */
const ASKED: readonly (readonly [code: string, tests: readonly string[]])[] = [
  ['E1', ['glucosa-ayunas', 'hba1c', 'creatinina', 'trigliceridos']],
  ['I1', ['creatinina', 'colesterol', 'glucosa-ayunas', 'acido-urico']],
  ['N', ['orina', 'creatinina', 'bun', 'proteina-orina']],
  ['Z3', ['hemoglobina', 'grupo-sanguineo', 'rpr', 'vih-rapida', 'orina']],
  ['O', ['hemoglobina', 'proteina-orina', 'plaquetas', 'alt']],
  ['A15', ['baciloscopia', 'vih-rapida']],
  ['A16', ['baciloscopia', 'vih-rapida']],
  ['A9', ['plaquetas', 'hematocrito', 'leucocitos']],
  ['B5', ['gota-gruesa', 'hemoglobina']],
  ['D', ['hemoglobina', 'hematocrito', 'leucocitos']],
  ['M', ['factor-reumatoide', 'vsg', 'acido-urico', 'pcr']],
  ['K', ['hemoglobina', 'alt', 'ast']],
];
const USUAL = ['hemoglobina', 'leucocitos', 'glucosa', 'heces', 'orina', 'creatinina'] as const;

/** Answers of tests that give words: usual answer, other answers. */
const WORDS: Readonly<Record<string, readonly [usual: string, ...others: string[]]>> = {
  'grupo-sanguineo': ['O Rh positivo', 'A Rh positivo', 'B Rh positivo', 'O Rh negativo', 'AB Rh positivo'],
  rpr: ['No reactivo', 'Reactivo 1:4'],
  'vih-rapida': ['No reactiva'],
  embarazo: ['Negativa', 'Positiva'],
  heces: ['No se observan parásitos', 'Quistes de Giardia lamblia', 'Huevos de Ascaris lumbricoides'],
  baciloscopia: ['Negativa', 'Positiva (+)'],
  gram: ['Flora normal', 'Cocos gram positivos'],
  'gota-gruesa': ['Negativa', 'Plasmodium vivax'],
  'proteina-orina': ['Negativa', '+', '++'],
  orina: ['Sin alteraciones', 'Leucocitos 15 a 20 por campo', 'Hematíes 5 a 8 por campo'],
  hemograma: ['Sin alteraciones', 'Leucocitosis con neutrofilia'],
};

/** Content of a measured result: quantity, flag and reference range. Throws RangeError for a test without a range. */
export function measuredContent(test: LaboratoryTest, sex: Sex, value: number): Partial<Observation> {
  if (!test.range || !test.unit) throw new RangeError(`${test.key} gives words, no number`);
  const [low, high] = test.range[sex];
  const rounded = quantity(value, test.unit, high < 20 ? 1 : 0);
  const flag = rounded.value! > high ? 'H' : rounded.value! < low ? 'L' : 'N';
  const { system, unit } = rounded;
  return {
    valueQuantity: rounded,
    interpretation: [{ coding: [{ system: SYSTEMS.interpretation, code: flag }] }],
    referenceRange: [
      { low: { value: low, unit, system, code: unit }, high: { value: high, unit, system, code: unit } },
    ],
  };
}

function resultOf(random: Random, person: PersonFacts, test: LaboratoryTest): Partial<Observation> {
  if (!test.range) {
    const [usual, ...others] = WORDS[test.key] ?? ['Sin alteraciones'];
    return { valueString: others.length > 0 && random.chance(0.15) ? random.pick(others) : usual };
  }
  const [low, high] = test.range[person.sex];
  const width = high - low;
  const value = random.normal((low + high) / 2, width * 0.25) + (random.chance(0.2) ? width * 0.7 : 0);
  return measuredContent(test, person.sex, Math.max(value, low * 0.5, width * 0.02));
}

/** Category and code of a laboratory result. */
export const testContent = ({ code, display }: LaboratoryTest): Pick<Observation, 'category' | 'code'> => ({
  category: [{ coding: [{ system: SYSTEMS.observationCategory, code: 'laboratory', display: 'Laboratory' }] }],
  code: { coding: [{ system: SYSTEMS.loinc, code, display }], text: display },
});

/** Tests for a diagnosis, at most `count`, those it asks for first. */
export function drawTests(random: Random, diagnosis: Diagnosis, count: number): readonly LaboratoryTest[] {
  const asked = ASKED.find(([code]) => diagnosis.code.startsWith(code))?.[1] ?? [];
  const others = USUAL.filter((key) => !asked.includes(key));
  const start = random.int(0, others.length - 1);
  const keys = [...asked, ...others.slice(start), ...others.slice(0, start)].slice(0, count);
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** Writes one result, ready a day or two after the visit at most. */
export function addLaboratoryResult(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  place: VisitPlace,
  test: LaboratoryTest,
): Observation & { id: string } {
  const issued = place.time + random.next() * 1.5 * DAY;
  return chart.add<Observation>(
    {
      resourceType: 'Observation',
      status: 'final',
      ...testContent(test),
      subject: chart.patient,
      encounter: place.encounter as Observation['encounter'],
      effectiveDateTime: localInstant(place.time),
      issued: localInstant(issued),
      performer: [place.performer] as Observation['performer'],
      ...resultOf(random, person, test),
    },
    {
      label: `${place.label}|${test.key}`,
      time: issued,
      custodian: place.facility,
      profile: profileUrl('resultado-laboratorio'),
    },
  );
}
