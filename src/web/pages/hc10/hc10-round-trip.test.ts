import type { Bundle, Composition, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { loadDefinitions } from '../../../fhir/definitions/load-definitions.js';
import { createValidator } from '../../../fhir/validation/create-validator.js';
import { demandedProfiles } from '../../../referral/demanded-profiles.js';
import { hc10Answer, readHc10Answer } from '../../../referral/hc10/hc10-answer.js';
import { hc10Bundle } from '../../../referral/hc10/hc10-bundle.js';
import { readHc10Case } from '../../../referral/hc10/read-hc10-case.js';
import type { AnswerScene } from '../../../referral/build-answer.js';
import {
  answerForms,
  fieldsOf,
  type GeneratedForm,
  HC10_FORMS,
  HC10_SEED,
  postedForm,
  referralForms,
} from '../../../../test/support/hc10-forms.js';
import { formFields } from '../../form-fields.js';
import { sayIn } from '../../language.js';
import { type ReadHc10, readHc10 } from './read-hc10.js';

const definitions = loadDefinitions();
const validator = createValidator(definitions, { demandedProfiles });
const RUNS = { seed: HC10_SEED, numRuns: HC10_FORMS };

/** What the server reads of a posted form. */
const readPosted = (form: GeneratedForm): ReadHc10 => {
  const posted = postedForm(form);
  posted.append('destino', '4');
  return readHc10(formFields(posted.toString()), { say: sayIn('es'), definitions });
};

/** The Bundle of a read form, as text and back: what really travels. */
const sent = ({ values, motives, priority }: ReadHc10): Bundle =>
  JSON.parse(
    JSON.stringify(
      hc10Bundle({
        placer: 'F-1',
        written: new Date('2026-11-22T16:00:00Z'),
        patient: { reference: 'Patient/1' },
        author: { reference: 'PractitionerRole/2' },
        origin: { reference: 'Organization/3' },
        destination: { reference: 'Organization/4' },
        specialty: { code: values.especialidad ?? '', display: 'Especialidad' },
        priority,
        motives,
        values,
        diagnosis: { text: values.diagnostico ?? '' },
      }),
    ),
  ) as Bundle;

const resourcesOf = ({ entry = [] }: Bundle): Resource[] => entry.flatMap(({ resource }) => resource ?? []);
const errorsIn = (resources: readonly Resource[]): unknown[] =>
  resources.flatMap((resource) =>
    validator.validate(resource).filter(({ severity }) => severity === undefined || severity === 'error'),
  );

const SCENE: AnswerScene = {
  number: 'REF-2026-0000001',
  order: '1',
  patient: { resourceType: 'Patient', id: '1', name: [{ text: 'Rosa' }], birthDate: '1990' },
  encounter: { reference: 'Encounter/5' },
  facility: { reference: 'Organization/4' },
  author: { reference: 'PractitionerRole/6' },
  time: '2026-11-23T10:00:00-06:00',
};

describe('form -> FHIR -> form', () => {
  it(`loses and invents nothing of ${HC10_FORMS} referencias, of both prints`, () => {
    const covered = new Set<string>();
    fc.assert(
      fc.property(referralForms(definitions), (form) => {
        const read = readPosted(form);
        expect(read.problems).toEqual([]);
        expect({ ...read.values }).toEqual(form.values);
        const bundle = sent(read);
        const links = new Map((bundle.entry ?? []).map(({ fullUrl, resource }) => [fullUrl, resource]));
        const order = resourcesOf(bundle).at(-1) as ServiceRequest;
        const back = readHc10Case(order, (reference) => links.get(reference));
        // An emergency is one by the care it needs; the question whether it can wait is then answered by that.
        const prioridad = read.priority;
        expect(back.values).toEqual({ ...form.values, prioridad });
        expect(back).toMatchObject({ motives: read.motives, priority: read.priority, placer: 'F-1' });
        expect(new Set(back.motives)).toEqual(new Set(form.motives));
        for (const field of Object.keys(form.values)) covered.add(field);
      }),
      RUNS,
    );
    expect([...covered].sort()).toEqual([...fieldsOf('referencia')].sort());
    expect(covered.size).toBe(105);
  });

  it('is valid by the guide, ten of the forms whole', () => {
    fc.assert(
      fc.property(referralForms(definitions), (form) => {
        expect(errorsIn(resourcesOf(sent(readPosted(form))))).toEqual([]);
      }),
      { ...RUNS, numRuns: 10 },
    );
  });

  it(`loses and invents nothing of ${HC10_FORMS} respuestas`, () => {
    const covered = new Set<string>();
    fc.assert(
      fc.property(answerForms(definitions), (form) => {
        const document = JSON.parse(JSON.stringify(hc10Answer(form, SCENE))) as Bundle;
        const resources = resourcesOf(document);
        expect(readHc10Answer(resources[0] as Composition, resources)).toEqual(form);
        for (const field of Object.keys(form.values)) covered.add(field);
      }),
      RUNS,
    );
    expect([...covered].sort()).toEqual([...fieldsOf('respuesta')].sort());
    expect(covered.size).toBe(60);
  });

  it('an answer is valid by the guide, ten of them', () => {
    fc.assert(
      fc.property(answerForms(definitions), (form) => {
        const resources = resourcesOf(hc10Answer({ ...form, diagnosisCode: 'I10' }, SCENE));
        const own = resources.filter(({ resourceType }) => resourceType !== 'Patient' && resourceType !== 'Condition');
        expect(errorsIn(own)).toEqual([]);
      }),
      { ...RUNS, numRuns: 10 },
    );
  });
});
