import { profileUrl } from '../config/canonical.js';
import type { ObservationContent } from '../referral/hc10/hc10-observations.js';
import { catalogue } from '../seed/catalogue.js';
import { measuredContent, testContent } from '../seed/history/laboratory-results.js';
import type { DemoCase, DemoPerson } from './demo-data.js';

const tests = new Map(catalogue.laboratory.map((test) => [test.key, test]));

/**
 * Laboratory results of a case, without patient, time and performer.
 * Throws RangeError for a test that the catalogue does not have.
 */
export const caseObservations = (each: DemoCase, sex: DemoPerson['sex']): ObservationContent[] =>
  Object.entries(each.tests).map(([key, value]) => {
    const test = tests.get(key);
    if (!test) throw new RangeError(`no laboratory test ${key}`);
    const result = typeof value === 'number' ? measuredContent(test, sex ?? 'female', value) : { valueString: value };
    return { meta: { profile: [profileUrl('resultado-laboratorio')] }, ...testContent(test), ...result };
  });
