import type { Condition, Patient } from '@medplum/fhirtypes';
import { expect, it } from 'vitest';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import { extensionUrl } from '../config/canonical.js';
import { preferencesOf } from './preference-conditions.js';

const now = new Date('2026-11-30T18:00:00Z');
const person = (more: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...more });
const estimated = (value: number, code: string): Patient =>
  person({
    extension: [{ url: extensionUrl('estimated-age'), extension: [{ url: 'age', valueAge: { value, code } }] }],
  });
const diagnosis = (code: string): Condition => ({
  resourceType: 'Condition',
  subject: { reference: 'Patient/p' },
  code: { coding: [{ system: CODE_SYSTEMS.icd10, code }] },
});

it.each<[string, Patient, Condition | undefined, readonly string[]]>([
  ['nobody in particular', person({ birthDate: '1990-05-01' }), diagnosis('I10'), []],
  ['a child', person({ birthDate: '2021-12-01' }), undefined, ['under-five']],
  ['a child of five', person({ birthDate: '2021-11-30' }), undefined, []],
  ['a baby of unknown birth date', estimated(20, 'mo'), undefined, ['under-five']],
  ['an older person', person({ birthDate: '1966-11-30' }), undefined, ['older']],
  ['somebody about whom nothing is known', person({}), undefined, []],
  ['a pregnant woman', person({ birthDate: '1990-05-01' }), diagnosis('O13'), ['pregnant']],
  [
    'several at once',
    person({
      birthDate: '1950',
      extension: [
        { url: extensionUrl('disability'), valueCodeableConcept: { text: 'x' } },
        { url: extensionUrl('pueblo'), valueCodeableConcept: { text: 'x' } },
        { url: extensionUrl('hard-to-reach'), valueBoolean: true },
      ],
    }),
    undefined,
    ['older', 'disability', 'indigenous', 'hard-to-reach'],
  ],
  ['an easy way', person({ extension: [{ url: extensionUrl('hard-to-reach'), valueBoolean: false }] }), undefined, []],
])('the row of %s says what there is', (_who, patient, condition, expected) => {
  expect(preferencesOf({ patient, diagnosis: condition, now })).toEqual(expected);
});
