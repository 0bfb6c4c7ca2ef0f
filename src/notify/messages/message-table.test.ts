import { describe, expect, it } from 'vitest';
import { EDGES } from '../../referral/edges.js';
import { ALL_STATES } from '../../referral/states.js';
import { clinicalWords } from './clinical-words.js';
import { MESSAGES, REMINDERS, rulesFor } from './message-table.js';
import { MESSAGE_TEXTS, type MessageKey, REMOTE_TEXTS } from './message-texts.js';
import { messageText } from './message-text.js';

const KEYS = Object.keys(MESSAGE_TEXTS) as MessageKey[];
const FULL = {
  hospital: 'Hospital Escuela',
  visit: '2026-12-10T09:00:00-06:00',
  paperCode: 'ABCDEFGH7K',
  number: 'REF-2026-0000001',
  link: 'https://rr.hn/referencias/1',
};

describe('the table of messages', () => {
  it('says something about the patient in every state, be it why nobody is told', () => {
    const silent = ALL_STATES.filter((state) => !MESSAGES[state]?.some(({ tell }) => tell === 'patient'));
    expect(silent).toEqual([]);
    const reasons = Object.values(MESSAGES).flatMap((rules) =>
      rules.flatMap((rule) => ('silent' in rule ? [rule.silent] : [])),
    );
    expect(reasons.every((reason) => reason.length > 10)).toBe(true);
  });

  it('decides about the patient for every transition there is', () => {
    const open = EDGES.filter(({ to, move }) => !rulesFor(to, move).some(({ tell }) => tell === 'patient'));
    expect(open.map(({ t, to, move }) => `${t} ${move} ${to}`)).toEqual([]);
  });

  it('gives each recipient one message a transition at most', () => {
    for (const { to, move } of EDGES) {
      const told = rulesFor(to, move).map(({ tell }) => tell);
      expect(new Set(told).size).toBe(told.length);
    }
  });

  it('puts what names the move before what does not', () => {
    expect(rulesFor('scheduled', 'reschedule')).toMatchObject([{ text: 'rescheduled' }]);
    expect(rulesFor('scheduled', 'book')).toMatchObject([{ text: 'scheduled' }]);
    expect(rulesFor('left-list', 'record-death').find(({ tell }) => tell === 'patient')).toHaveProperty('silent');
  });

  it('uses every text', () => {
    const used = Object.values(MESSAGES).flatMap((rules) =>
      rules.flatMap((rule) => ('text' in rule ? [rule.text] : [])),
    );
    const instead = Object.values(REMOTE_TEXTS);
    expect([...new Set([...used, ...instead, ...REMINDERS.map(({ text }) => text)])].sort()).toEqual([...KEYS].sort());
  });
});

describe('the texts', () => {
  it.each(KEYS)('%s tells nothing clinical, in both languages, with and without names', (key) => {
    for (const language of ['es', 'en'] as const)
      for (const facts of [FULL, {}, { ...FULL, sensitive: true }])
        expect(clinicalWords(messageText(key, facts, language))).toEqual([]);
  });

  it.each(KEYS)('%s is short, whole sentences, one line', (key) => {
    for (const language of ['es', 'en'] as const) {
      const text = messageText(key, FULL, language);
      expect(text.length).toBeLessThanOrEqual(220);
      expect(text).not.toMatch(/[{}\n]|\bundefined\b| {2}/);
      const sentences = text.replaceAll(FULL.link, 'x').split(/[.:] /);
      for (const sentence of sentences) expect(sentence.split(' ').length).toBeLessThanOrEqual(20);
    }
  });

  it('find a clinical word where there is one', () => {
    expect(clinicalWords('Su cita de Cardiología por hipertensión')).toEqual(['cardiologia', 'hipertension']);
  });

  it('do not name a facility whose name tells what for, nor any when the referral is labelled', () => {
    const said = (facts: object): string => messageText('scheduled', { ...FULL, ...facts }, 'es');
    expect(said({})).toBe(
      'Su cita es el jueves 10 de diciembre, a las 9 de la mañana, en Hospital Escuela. Llegue media hora antes, con su hoja y su identidad. Hoja terminada en 7K.',
    );
    expect(said({ hospital: 'Hospital Psiquiátrico Santa Rosita' })).toContain('en el hospital.');
    expect(said({ hospital: 'Instituto Nacional Cardiopulmonar' })).toContain('en el hospital.');
    expect(said({ sensitive: true })).toContain('en el hospital.');
    expect(messageText('sent', {}, 'es')).toContain('su referencia al hospital.');
    expect(said({})).not.toContain(FULL.paperCode);
    expect(said({ remote: true })).toContain('por teléfono o video. No tiene que viajar');
    expect(messageText('accepted', { ...FULL, remote: true }, 'es')).toBe(messageText('accepted', FULL, 'es'));
  });
});
