import type { Observation } from '@medplum/fhirtypes';
import { catalogue } from '../seed/catalogue.js';
import { measuredContent, testContent } from '../seed/history/laboratory-results.js';
import {
  pressureContent,
  signContent,
  VITAL_CATEGORY,
  VITAL_SIGNS,
  type VitalSign,
} from '../seed/history/vital-signs.js';
import type { DemoCase, DemoPerson } from './demo-data.js';

type Content = Partial<Observation> & Pick<Observation, 'code'>;

const tests = new Map(catalogue.laboratory.map((test) => [test.key, test]));

const isSign = (name: string): name is VitalSign => Object.hasOwn(VITAL_SIGNS, name);

function vitals({ vitals: { systolic, diastolic, ...signs } }: DemoCase): Content[] {
  const pressure = systolic === undefined || diastolic === undefined ? [] : [pressureContent(systolic, diastolic)];
  const others = Object.entries(signs).map(([name, value]) => {
    if (!isSign(name)) throw new RangeError(`no vital sign ${name}`);
    return signContent(VITAL_SIGNS[name], value);
  });
  return [...pressure, ...others].map((content) => ({ category: [VITAL_CATEGORY], ...content }));
}

const laboratory = (each: DemoCase, sex: DemoPerson['sex']): Content[] =>
  Object.entries(each.tests).map(([key, value]) => {
    const test = tests.get(key);
    if (!test) throw new RangeError(`no laboratory test ${key}`);
    const result = typeof value === 'number' ? measuredContent(test, sex ?? 'female', value) : { valueString: value };
    return { ...testContent(test), ...result };
  });

/**
 * Vital signs and laboratory results of a case, without patient, time and performer.
 * Throws RangeError for a sign or test that the catalogues do not have.
 */
export const caseObservations = (each: DemoCase, sex: DemoPerson['sex']): Content[] => [
  ...vitals(each),
  ...laboratory(each, sex),
];
