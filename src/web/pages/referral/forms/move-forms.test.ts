import type { Bundle, Composition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError, ServiceError } from '../../../../errors.js';
import { loadDefinitions } from '../../../../fhir/definitions/load-definitions.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row } from '../../../../referral/hc10/hc10-fields.js';
import { readHc10Answer } from '../../../../referral/hc10/hc10-answer.js';
import { EDGES } from '../../../../referral/edges.js';
import { ALL_MOVES, type MoveName, moveRow } from '../../../../referral/moves.js';
import { referralOperations } from '../../../../referral/operations.js';
import { readFields } from '../../../../referral/read-fields.js';
import { formScene } from '../../../../../test/support/form-scene.js';
import { formFields } from '../../../form-fields.js';
import { OFFERED_MOVES, type OfferedMove } from '../../../texts/referral-moves.js';
import { MOVE_BUTTONS, moveButtons } from '../move-buttons.js';
import { diagnosisCode } from './answer-field.js';
import { MOVE_FORMS } from './move-forms.js';
import { inputOf, readMoveForm, refusalProblems } from './read-move-form.js';
import { initialFields, shownInputs } from './shown-inputs.js';

const definitions = loadDefinitions();
/** What makes a referral has a page of its own. */
const handled = ALL_MOVES.filter(
  (move) =>
    EDGES.some((edge) => edge.move === move && edge.from !== undefined) &&
    referralOperations.some(({ name, type }) => name === move && type === moveRow(move).on),
);
const fields = (pairs: readonly (readonly [string, string])[]) =>
  formFields(new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString());

/** Every input of a form filled in as a person could. */
async function filled(move: OfferedMove): Promise<[string, string][]> {
  const scene = formScene();
  const inputs = await shownInputs(move, scene);
  const given = initialFields(inputs, scene);
  return inputs.flatMap(({ name, choices, widget }): [string, string][] => {
    if (name === 'noMedications' || name === 'weekend') return [];
    if (given.get(name) !== '') return [[name, given.get(name)]];
    const range = ALL_HC10_FIELDS.some((field) => field === name) ? hc10Row(name as Hc10Field).range : undefined;
    if (range) return [[name, String(range[0])]];
    return [[name, choices[0]?.value ?? (widget === 'date' ? '2026-12-01' : 'Con palabras')]];
  });
}

describe('the forms of the moves', () => {
  it('are there for every move that the service makes, and for no other', () => {
    expect([...OFFERED_MOVES].sort()).toEqual([...handled].sort());
    expect(Object.keys(MOVE_FORMS).sort()).toEqual([...handled].sort());
    expect(Object.keys(MOVE_BUTTONS).sort()).toEqual([...handled].sort());
  });

  it.each(OFFERED_MOVES)('%s asks for every required field and for none that is unknown', (move) => {
    const rows = moveRow(move).fields;
    const asked = MOVE_FORMS[move].fields.map(({ field }) => field);
    expect(asked).toEqual(expect.arrayContaining(rows.filter(({ required }) => required).map(({ name }) => name)));
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(asked));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it.each(OFFERED_MOVES)('%s, filled in, is what the operation takes', async (move) => {
    const { parameters, problems } = readMoveForm(move, fields(await filled(move)), formScene());
    expect(problems).toEqual([]);
    expect(readFields(move, moveRow(move).fields, parameters, definitions).findings).toEqual([]);
  });

  it.each(OFFERED_MOVES)('%s, left empty, says at an input of the form what is missing', async (move) => {
    const scene = formScene();
    const names = (await shownInputs(move, scene)).map(({ name }) => name);
    const { problems } = readMoveForm(move, formFields(''), scene);
    for (const { field, text } of problems) {
      expect(names).toContain(field);
      expect(text).not.toMatch(/\{|undefined|\$/);
    }
    if (MOVE_FORMS[move].oneClick) expect(problems).toEqual([]);
    else expect(problems).not.toEqual([]);
  });

  it.each(OFFERED_MOVES)(
    '%s has labels in two languages and a widget with choices where it must choose',
    async (move) => {
      for (const { label, widget, choices } of await shownInputs(move, formScene())) {
        expect(label.es).not.toBe('');
        expect(label.en).not.toBe('');
        if (widget === 'one' || widget === 'list' || widget === 'many') expect(choices.length).toBeGreaterThan(0);
        if (widget === 'one') expect(choices.length).toBeLessThanOrEqual(6);
      }
    },
  );

  it('never break, whatever is posted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OFFERED_MOVES),
        fc.array(
          fc.tuple(
            fc.constantFrom(
              ...['item', 'otherItem', 'due', 'start', 'clock', 'duration', 'priority', 'service', 'reason', 'message'],
              ...['diagnosis', 'answer-0', 'item-0', 'item-1-reason', 'contactResult', 'medications', 'summary'],
            ),
            fc.string({ unit: 'binary' }),
          ),
        ),
        (move, pairs) => {
          const { parameters } = readMoveForm(move, fields(pairs), formScene());
          try {
            readFields(move, moveRow(move).fields, parameters, definitions);
          } catch (error) {
            expect(isServiceError(error) && error.status).toBe(400);
          }
        },
      ),
    );
  });
});

describe('an appointment', () => {
  const book = (pairs: readonly (readonly [string, string])[], now = '2026-11-20T15:00:00Z') =>
    readMoveForm('book', fields(pairs), formScene('accepted-waiting', new Date(now)));
  const rest = [
    ['duration', '45'],
    ['participant', 'HealthcareService/one'],
    ['location', 'Location/one'],
    ['contactResult', 'none'],
  ] as const;

  it('is in the time of Honduras, from the chosen hour for so many minutes', () => {
    const { parameters, problems } = book([['start', '2026-11-23'], ['clock', '23:30'], ...rest]);
    expect(problems).toEqual([]);
    expect(parameters.parameter?.slice(0, 2)).toEqual([
      { name: 'start', valueDateTime: '2026-11-23T23:30:00-06:00' },
      { name: 'end', valueDateTime: '2026-11-24T00:15:00-06:00' },
    ]);
  });

  it('warns of a weekend once, and of a day that is past or does not exist', () => {
    const at = (day: string, ...more: (readonly [string, string])[]) =>
      book([['start', day], ['clock', '08:00'], ...rest, ...more]).problems.map(({ field, text }) => [field, text]);
    expect(at('2026-11-21')).toEqual([['start', expect.stringContaining('sábado o domingo')]]);
    expect(at('2026-11-21', ['weekend', 'si'])).toEqual([]);
    expect(at('2026-11-19')).toEqual([['start', expect.stringContaining('ya pasó')]]);
    expect(at('2026-02-30')).toEqual([['start', expect.stringContaining('fecha que exista')]]);
    expect(at('2026-11-20')).toEqual([]);
  });

  it('comes with a default on the next working day at eight', async () => {
    const scene = formScene('accepted-waiting', new Date('2026-11-20T15:00:00Z'));
    const given = initialFields(await shownInputs('book', scene), scene);
    expect([given.get('start'), given.get('clock'), given.get('duration')]).toEqual(['2026-11-23', '08:00', '30']);
  });
});

describe('the answer', () => {
  const pairs = filled('respond');
  const answer = async (name: string, value: string | undefined) => {
    const others = (await pairs).filter(([one]) => one !== name);
    return readMoveForm('respond', fields(value === undefined ? others : [...others, [name, value]]), formScene());
  };

  it.each([
    ['I10 Hipertensión esencial', 'I10'],
    ['e11.9', 'E11.9'],
    ['E119: diabetes', 'E11.9'],
    ['Hipertensión I10', undefined],
    ['A1c elevada', undefined],
    ['B12 deficiencia', 'B12'],
    ['B123456', undefined],
    ['', undefined],
  ])('reads the code in front of %p', (text, code) => {
    expect(diagnosisCode(text)).toBe(code);
  });

  it('needs medicines or the word that there are none, not both', async () => {
    const field = async (reading: ReturnType<typeof answer>) => (await reading).problems.map((one) => one.field);
    expect(await field(answer('medications', undefined))).toEqual(['medications']);
    expect(await field(answer('noMedications', 'si'))).toEqual(['medications']);
  });

  it('carries what the destination measured, and says what is wrong with it', async () => {
    const { parameters, problems } = await answer('fc', '72');
    expect(problems).toEqual([]);
    const document = parameters.parameter?.find(({ name }) => name === 'document')?.resource as Bundle;
    const resources = (document.entry ?? []).flatMap(({ resource }) => resource ?? []);
    const { values, motives } = readHc10Answer(resources[0] as Composition, resources);
    expect(values).toMatchObject({ fc: '72', torax: 'Con palabras', 'proxima-cita': 'Con palabras' });
    expect(motives).toEqual(['diagnostico']);
    const wrong = await answer('fc', 'mucho');
    expect(wrong.problems).toEqual([{ field: 'fc', text: expect.stringContaining('entre 20 y 300') }]);
    expect((await answer('pa-diastolica', undefined)).problems).toEqual([
      { field: 'pa-diastolica', text: expect.stringContaining('la alta y la baja') },
    ]);
  });

  it('counts the message to the patient as people do', async () => {
    expect((await answer('message', 'a'.repeat(300))).problems).toEqual([]);
    const { problems } = await answer('message', 'a'.repeat(301));
    expect(problems).toEqual([{ field: 'message', text: expect.stringContaining('301') }]);
  });

  it('offers nothing but advice before there was a visit', async () => {
    const scene = formScene();
    const leg = { ...scene.view.leg!, output: [] };
    const inputs = await shownInputs('respond', { ...scene, view: { ...scene.view, leg } });
    expect(inputs.find(({ name }) => name === 'disposition')?.choices.map(({ value }) => value)).toEqual(['advice']);
  });
});

describe('a refusal', () => {
  it('is told at the input that it is about', () => {
    const scene = formScene();
    const { parameters } = readMoveForm(
      'request-info',
      fields([
        ['item', 'ecg'],
        ['reason', 'x'],
      ]),
      scene,
    );
    expect(inputOf('item.reason', 'close', parameters, scene)).toBe('item-0');
    expect(inputOf('nextStep.advice|service|missing', 'reject', parameters, scene)).toBe('advice');
    expect(inputOf('Parameters.parameter[1].valueString', 'request-info', parameters, scene)).toBe('reason');
    expect(inputOf('end', 'book', parameters, scene)).toBe('duration');
    expect(inputOf('Task.status', 'book', parameters, scene)).toBeUndefined();
    const error = new ServiceError([
      {
        code: 'field-missing',
        params: { operation: '$accept', field: 'priorityReason' },
        expression: 'priorityReason',
      },
      { code: 'internal' },
    ]);
    expect(refusalProblems(error, 'accept', parameters, scene)[0]).toEqual({
      field: 'priorityReason',
      text: 'Complete: Por qué cambia la prioridad.',
    });
  });
});

describe('the buttons', () => {
  const shown = (...moves: MoveName[]) => moveButtons(moves).map(({ move, kind }) => `${move} ${kind}`);

  it('put what moves the referral forward first and what ends it last', () => {
    expect(shown('request-info', 'accept', 'reject', 'redirect', 'respond')).toEqual([
      'accept send',
      'respond plain',
      'request-info plain',
      'redirect plain',
      'reject danger',
    ]);
  });

  it('never make ending a referral the main thing', () => {
    expect(shown('revoke')).toEqual(['revoke danger']);
    expect(shown('cancel-appointment', 'reschedule')).toEqual(['reschedule plain', 'cancel-appointment danger']);
    expect(shown()).toEqual([]);
  });
});
