import { describe, expect, it } from 'vitest';
import { EDGES } from '../../referral/edges.js';
import { ALL_STATES } from '../../referral/states.js';
import { clinicalWords } from './clinical-words.js';
import { MESSAGES, REMINDERS, rulesFor } from './message-table.js';
import { gsmText, smsSegments } from './gsm-text.js';
import { INSTEAD_TEXTS, MESSAGE_TEXTS, type MessageKey } from './message-texts.js';
import { messageText } from './message-text.js';

const KEYS = Object.keys(MESSAGE_TEXTS) as MessageKey[];
const FULL = {
  hospital: 'Hospital Escuela',
  kind: { es: 'el hospital', en: 'the hospital' },
  phone: '2232-1234',
  originPhone: '2445-6789',
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

  it('sends nothing for a contact attempt: who is called has just been called', () => {
    const told = EDGES.filter(({ move }) => move === 'contact-attempt').flatMap(({ to, move }) =>
      rulesFor(to, move).filter((rule) => rule.tell === 'patient' && 'text' in rule),
    );
    expect(told).toEqual([]);
  });

  it('uses every text', () => {
    const used = Object.values(MESSAGES).flatMap((rules) =>
      rules.flatMap((rule) => ('text' in rule ? [rule.text] : [])),
    );
    const instead = Object.values(INSTEAD_TEXTS).flatMap((texts) => Object.values(texts));
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

  it.each(KEYS)('%s fits two segments of the basic alphabet, whatever its longest words', (key) => {
    const longest = {
      ...FULL,
      hospital: 'Hospital General Atlántida de La Ceiba «Dr. Ñúñez»',
      visit: '2026-09-30T12:30:00-06:00',
    };
    if (key.startsWith('staff')) return;
    for (const language of ['es', 'en'] as const) {
      const text = messageText(key, longest, language);
      expect([text, smsSegments(gsmText(text)) <= 2]).toEqual([text, true]);
      expect(text.length).toBeLessThanOrEqual(300);
    }
  });

  it('say whom to call, with the telephone; the health centre where the destination may not be named', () => {
    const said = (facts: object): string => messageText('noShow', { ...FULL, ...facts }, 'es');
    expect(said({})).toContain('llame a Hospital Escuela, teléfono 2232-1234.');
    for (const facts of [{ sensitive: true }, { phone: undefined }, { hospital: 'Hospital Psiquiátrico' }])
      expect(said(facts)).toContain('llame a su centro de salud, teléfono 2445-6789.');
    expect(said({ phone: undefined, originPhone: undefined })).toContain('pregunte en su centro de salud.');
    expect(messageText('cancelRequested', FULL, 'es')).toContain('Antes de viajar, llame a su centro de salud.');
  });

  it('promise no visit to somebody about whom advice was asked, and say "today" on the day', () => {
    for (const key of ['sent', 'redirected'] as const)
      for (const language of ['es', 'en'] as const)
        expect(messageText(key, { ...FULL, advice: true }, language)).not.toMatch(/cita|appointment/);
    expect(messageText('reminderTomorrow', { ...FULL, today: true }, 'es')).toMatch(/^Hoy es su cita/);
  });

  it('send nobody to a health centre that never sent the person', () => {
    for (const key of ['answered', 'amended', 'followUp'] as const)
      for (const language of ['es', 'en'] as const) {
        expect(messageText(key, FULL, language)).toMatch(/centro de salud|health centre/);
        expect(messageText(key, { ...FULL, own: true }, language)).not.toMatch(/centro de salud|health centre/);
        expect(messageText(key, { ...FULL, own: true }, language)).toContain('Hospital Escuela');
      }
  });

  it('keep the letters of the basic alphabet and lose the accents of the others', () => {
    expect(gsmText('Envió él la niña «ya» – ¿sí? 🙂')).toBe('Envio él la niña "ya" - ¿si? ');
    expect([smsSegments('x'.repeat(160)), smsSegments('x'.repeat(161)), smsSegments('x'.repeat(307))]).toEqual([
      1, 2, 3,
    ]);
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
    expect(said({ hospital: 'Instituto Nacional Cardiopulmonar', kind: { es: 'el instituto', en: '' } })).toContain(
      'en el instituto.',
    );
    expect(messageText('sent', {}, 'es')).toContain('su referencia al establecimiento.');
    expect(messageText('rejected', { kind: { es: 'la UAPS', en: 'the UAPS' } }, 'es')).toMatch(/^La UAPS no puede/);
    expect(said({})).not.toContain(FULL.paperCode);
    expect(said({ remote: true })).toContain('por teléfono o video. No tiene que viajar');
    expect(messageText('accepted', { ...FULL, remote: true }, 'es')).toBe(messageText('accepted', FULL, 'es'));
  });
});
