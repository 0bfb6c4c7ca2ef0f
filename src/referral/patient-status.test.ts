import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { longSentences } from '../../test/support/sentences.js';
import type { Words } from '../words.js';
import { CANCEL_TEXTS, COMMON_TEXTS, EXIT_TEXTS, SPECIAL_TEXTS } from './patient-special-texts.js';
import { type PatientFacts, patientStatus } from './patient-status.js';
import { PATIENT_TEXTS, type PatientText } from './patient-texts.js';
import { ALL_STATES, stateRow } from './states.js';

const NOW = new Date('2026-11-22T12:00:00-06:00');
const facts = (more: Partial<PatientFacts> = {}): PatientFacts => ({
  state: 'sent',
  now: NOW,
  due: '2026-11-25T12:00:00-06:00',
  visit: '2026-12-03T08:00:00-06:00',
  remote: false,
  facility: { es: 'el hospital', en: 'the hospital' },
  deceased: false,
  ...more,
});

const rows: readonly (readonly [string, PatientText])[] = [
  ...Object.entries(PATIENT_TEXTS),
  ...Object.entries(SPECIAL_TEXTS),
];

/** Longest a place can get. */
const LONGEST: Readonly<Record<string, Words>> = {
  visit: { es: 'miércoles 30 de septiembre, a las 12:30 de la tarde', en: 'Wednesday 30 September, at 12:30 pm' },
  facility: { es: 'el establecimiento', en: 'the facility' },
  due: { es: 'miércoles 30 de septiembre', en: 'Wednesday 30 September' },
  away: { es: 'miércoles 30 de septiembre', en: 'Wednesday 30 September' },
};
const filled = (words: Words, language: 'es' | 'en'): string =>
  words[language].replace(/\{(\w+)\}/g, (_place, name: string) => LONGEST[name]![language]);

describe('texts for patients', () => {
  it('there are for every state, and for nothing else', () => {
    expect(Object.keys(PATIENT_TEXTS).sort()).toEqual([...ALL_STATES].sort());
  });

  it.each(rows)('%s: what, when and what to do, in sentences of 20 words at most', (_name, { now, next, todo }) => {
    for (const language of ['es', 'en'] as const)
      for (const words of [now, next, todo]) {
        const text = filled(words, language);
        expect(text.length).toBeGreaterThan(10);
        expect(longSentences(text)).toEqual([]);
        expect(text).toMatch(/[.]$/);
      }
  });

  it('the common sentences are short too', () => {
    for (const { es, en } of [
      ...Object.values(COMMON_TEXTS),
      ...Object.values(EXIT_TEXTS),
      ...Object.values(CANCEL_TEXTS),
    ])
      expect([...longSentences(es), ...longSentences(en)]).toEqual([]);
  });

  it.each(rows)('%s: no words that only staff use', (_name, { now, next, todo }) => {
    for (const { es } of [now, next, todo])
      expect(es).not.toMatch(/triaje|contrarreferencia|admisión|egres|derivad|estado|proceso|gestion|Cancelada/i);
  });

  it('a state whose work has a clock says until when, unless today is the day', () => {
    const today = new Set(['draft', 'scheduled', 'in-transit', 'arrived']);
    for (const state of ALL_STATES) {
      const says = PATIENT_TEXTS[state].next.es.includes('{due}');
      expect([state, says]).toEqual([state, stateRow(state).clock !== undefined && !today.has(state)]);
    }
  });
});

describe('patientStatus', () => {
  it('speaks of no health centre to somebody whom none sent', () => {
    for (const state of ['in-care', 'answered', 'follow-up'] as const) {
      const { now, next, todo, call } = patientStatus(facts({ state, cameAlone: true }));
      const said = [now, next, todo].flatMap(({ es, en }) => [es, en]).join(' ');
      expect([state, /centro de salud|health centre/.test(said), call]).toEqual([state, false, 'destination']);
      expect(said).toContain('el hospital');
      expect(patientStatus(facts({ state })).next.es).toMatch(/centro de salud/i);
    }
  });

  it('says the day and the hour of the visit, and what to bring', () => {
    expect(patientStatus(facts({ state: 'scheduled' }))).toMatchObject({
      now: {
        es: 'Su cita es el jueves 3 de diciembre, a las 8 de la mañana.',
        en: 'Your appointment is on Thursday 3 December, at 8 am.',
      },
      bring: COMMON_TEXTS.bring,
      call: 'destination',
    });
  });

  it('sends nobody to the hospital for a call, or for a day that has passed', () => {
    expect(patientStatus(facts({ state: 'scheduled', remote: true })).now.es).toContain('por teléfono o video');
    const passed = patientStatus(facts({ state: 'scheduled', visit: '2026-11-20T08:00:00-06:00' }));
    expect(passed.now.es).toContain('ya pasó');
    expect(passed.bring).toBeUndefined();
    expect(patientStatus(facts({ state: 'scheduled', visit: undefined })).todo.es).toContain('Llame');
  });

  it('says the last day for the next step, and when it is over that it is time to ask', () => {
    expect(patientStatus(facts()).next.es).toBe(
      'El hospital debe recibirla a más tardar el miércoles 25 de noviembre.',
    );
    expect(patientStatus(facts({ due: '2026-11-21T12:00:00Z' })).next).toBe(COMMON_TEXTS.late);
  });

  it('never says only that something ended: why, and what to do', () => {
    const cancelled = patientStatus(facts({ state: 'cancelled', exitCause: 'duplicate' }));
    expect(cancelled.why?.es).toBe('Ya había otra referencia igual para usted.');
    expect(cancelled.todo.es).toContain('centro de salud');
    expect(patientStatus(facts({ state: 'left-list' })).why).toEqual(COMMON_TEXTS.askWhy);
    expect(patientStatus(facts({ state: 'appointment-cancelled', cancelReason: 'provider-absent' })).why?.es).toContain(
      'El hospital',
    );
  });

  it('says that the place is kept while the person said not to be able to come', () => {
    const away = patientStatus(facts({ state: 'accepted-waiting', awayUntil: '2026-12-15' }));
    expect(away.now.es).toBe('Usted avisó que no puede ir hasta el martes 15 de diciembre.');
    expect(away.next.es).toContain('no se pierde');
    expect(patientStatus(facts({ state: 'scheduled', awayUntil: '2026-12-15' })).now.es).toContain('Su cita es');
  });

  it('speaks to the family of somebody who died as to the family', () => {
    for (const more of [{ deceased: true }, { exitCause: 'died', state: 'left-list' as const }]) {
      const status = patientStatus(facts({ state: 'scheduled', ...more }));
      expect(status.todo.es).toContain('familia');
      expect([status.bring, status.ifWorse, status.why]).toEqual([undefined, undefined, undefined]);
    }
  });

  it('promises no visit to somebody about whom advice was asked', () => {
    for (const state of ['sent', 'in-triage'] as const) {
      const asked = patientStatus(facts({ state, asksAdvice: true }));
      expect(asked.todo.es).toContain('No tiene que viajar.');
      expect(JSON.stringify(asked)).not.toMatch(/cita|appointment/);
    }
    expect(patientStatus(facts({ state: 'accepted-waiting', asksAdvice: true })).now.es).toContain('Falta la fecha');
  });

  it('calls the destination what it is', () => {
    const uaps = patientStatus(facts({ state: 'sent', facility: { es: 'la UAPS', en: 'the UAPS' } }));
    expect(uaps.now.es).toBe('Su centro de salud envió su referencia a la UAPS.');
    expect(uaps.next.es).toMatch(/^La UAPS debe recibirla/);
    const hospital = patientStatus(facts({ state: 'in-transit' }));
    expect(hospital.now.es).toBe('Le esperan en la emergencia del hospital.');
    for (const state of ALL_STATES) {
      const text = JSON.stringify(
        patientStatus(facts({ state, cancelReason: 'provider-absent', facility: { es: 'la UAPS', en: 'the UAPS' } })),
      );
      expect([state, text.includes('hospital')]).toEqual([state, false]);
    }
  });

  it('sends nobody to the hospital for advice that went to the health centre', () => {
    const advised = patientStatus(facts({ state: 'answered', advised: true }));
    expect(advised.now.es).toContain('consejo');
    expect(advised.call).toBe('origin');
    expect(patientStatus(facts({ state: 'in-triage', advised: true })).now.es).not.toContain('consejo');
  });

  it('leaves no place open and no clinical code in, whatever the facts', () => {
    const moment = fc.option(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      { nil: undefined },
    );
    const anyFacts = fc.record({
      state: fc.constantFrom(...ALL_STATES),
      now: fc.constant(NOW),
      due: moment.map((date) => date?.toISOString()),
      visit: moment.map((date) => date?.toISOString()),
      remote: fc.boolean(),
      facility: fc.constant(facts().facility),
      asksAdvice: fc.boolean(),
      deceased: fc.boolean(),
      exitCause: fc.constantFrom(undefined, 'clinical-change', 'died', 'other', 'constructor'),
      cancelReason: fc.constantFrom(undefined, 'patient-unwell', 'other', '__proto__'),
    });
    fc.assert(
      fc.property(anyFacts, (given) => {
        const text = JSON.stringify(patientStatus(given));
        expect(text).not.toMatch(/[{]\w+[}]|undefined|Invalid|clinical-change|unwell/);
      }),
    );
  });
});
