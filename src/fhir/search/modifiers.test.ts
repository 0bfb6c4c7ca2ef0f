import { describe, expect, it } from 'vitest';
import { isServiceError } from '../../errors.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { describeParameter, servedModifiers } from './describe-parameter.js';
import { MODIFIERS, modifiersOf } from './modifiers.js';
import { searchableParameters } from './parameters.js';
import { parseSearch } from './parse.js';
import { servedParameters } from './served-parameters.js';

const definitions = loadDefinitions();
const outcome = (type: string, name: string, value: string): string => {
  try {
    parseSearch(definitions, type, [[name, value]]);
    return 'accepted';
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const { parameter } = error.findings[0]?.params ?? {};
    return `${error.status} ${error.code} ${parameter}`;
  }
};

/** A value that each modifier understands. */
const VALUES: Readonly<Record<string, string>> = {
  missing: 'true',
  in: 'http://hl7.org/fhir/ValueSet/issue-type',
  'not-in': 'http://hl7.org/fhir/ValueSet/issue-type',
  'of-type': 'urn:kinds|MR|1',
};
const ALL = [...new Set(Object.values(MODIFIERS).flatMap((rows) => rows.map(({ modifier }) => modifier)))];

describe('modifiers', () => {
  it.each(definitions.resourceTypes.map((type) => [type]))('of %s are those declared, and no others', (type) => {
    const wrong: string[] = [];
    for (const parameter of searchableParameters(definitions, type).values()) {
      const { code, kind } = parameter;
      const declared = new Set(servedModifiers(definitions, type, code));
      const names = ALL.flatMap((modifier) => (modifier === '[type]' ? ['Patient', 'Slot', 'Medication'] : [modifier]));
      for (const name of names) {
        const related = name === 'above' || name === 'below';
        const value =
          VALUES[name] ??
          (!related ? 'x' : kind === 'uri' ? 'http://a.org/b' : 'http://hl7.org/fhir/issue-type|invalid');
        const got = outcome(type, `${code}:${name}`, value);
        const wanted = declared.has(`:${name}`) ? 'accepted' : `400 modifier-unsupported ${code}`;
        if (got !== wanted) wrong.push(`${code}:${name}=${value}: ${got}`);
      }
      for (const name of ['Missing', 'NOT', 'exact ', 'patient', '', 'constructor'])
        if (outcome(type, `${code}:${name}`, 'x') !== `400 modifier-unsupported ${code}`) wrong.push(`${code}:${name}`);
      if (outcome(type, code.toUpperCase(), 'x') !== `400 parameter-unknown ${code.toUpperCase()}`) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });

  it('are told to clients with what they are searched by', () => {
    const row = definitions.searchParameters('Observation').get('value-quantity')!;
    expect(describeParameter(definitions, 'Observation', row)).toMatch(/:missing\. .*eq, ne, gt/);
    const subject = definitions.searchParameters('ServiceRequest').get('subject')!;
    expect(describeParameter(definitions, 'ServiceRequest', subject)).toContain(
      ':identifier, :Group, :Patient, :Location',
    );
  });

  it('are declared of parameters that are searched, all of them', () => {
    for (const type of definitions.resourceTypes.filter((one) => one !== 'AuditEvent')) {
      const served = servedParameters(definitions, type).map(({ code }) => code);
      const searched = [...searchableParameters(definitions, type).keys(), '_id', '_lastUpdated'];
      expect([...served].sort()).toEqual(searched.sort());
    }
    expect(modifiersOf(searchableParameters(definitions, 'Observation').get('code-value-quantity')!)).toEqual([]);
  });

  it.each([
    ['Observation', 'code:in', 'http://example.org/ValueSet/none', 'code'],
    ['Observation', 'code:below', 'http://loinc.org|718-7', 'code'],
    ['Observation', 'code:below', 'invalid', 'code'],
    ['Patient', 'identifier:of-type', 'a|b', 'identifier'],
    ['ServiceRequest', 'instantiates-uri:below', 'urn:oid:1.2', 'instantiates-uri'],
    ['Patient', 'active:missing', 'yes', 'active:missing'],
    ['Observation', 'value-quantity', '5.4|mg', 'value-quantity'],
    ['Observation', 'value-quantity', '5.4|http://unitsofmeasure.org|', 'value-quantity'],
    ['Observation', 'value-quantity', 'big', 'value-quantity'],
    ['Patient', 'twin-order', '1x', 'twin-order'],
    ['Observation', 'code-value-quantity', '718-7', 'code-value-quantity'],
    ['Observation', 'code-value-quantity', '718-7$5$6', 'code-value-quantity'],
    ['Observation', 'code-value-quantity', 'http://loinc.org|$5', 'code-value-quantity'],
    ['Observation', 'code-value-quantity', '$5', 'code-value-quantity'],
    ['Observation', 'code-value-date', '718-7$never', 'code-value-date'],
  ])('%s?%s=%s is refused', (type, name, value, parameter) => {
    expect(outcome(type, name, value)).toBe(`400 parameter-value ${parameter}`);
  });
});
