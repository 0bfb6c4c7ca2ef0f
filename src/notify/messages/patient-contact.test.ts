import type { Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowsAbroad, mailAddress, messageLanguage, mobileNumber, smsNumber } from './patient-contact.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const HOME = { abroad: false };
const person = (more: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...more });

describe('mobileNumber', () => {
  it.each([
    ['9912-3456', '+50499123456'],
    ['+504 3312 3456', '+50433123456'],
    ['00504 8812-3456', '+50488123456'],
    ['504 9912 3456', '+50499123456'],
    ['7012-3456', '+50470123456'],
    ['+1 (305) 555-0100', 'number-abroad'],
    ['+1 900 555 0100', 'number-premium'],
    ['+979 1234 56789', 'number-premium'],
    ['00881612345678', 'number-premium'],
    ['2232-1234', 'number-landline'],
    ['+504 2232 1234', 'number-landline'],
    ['5512-3456', 'number-unreadable'],
    ['+504 99123456 1', 'number-unreadable'],
    ['123', 'number-unreadable'],
    ['', 'number-unreadable'],
    ['no tiene', 'number-unreadable'],
    ['9912-3456, 9912-3457', 'number-unreadable'],
  ])('%s -> %s', (text, expected) => {
    expect(mobileNumber(text, HOME)).toEqual(expected.startsWith('+') ? { number: expected } : { why: expected });
  });

  it('goes abroad only where the facility lets it, and never to what costs extra', () => {
    expect(mobileNumber('+1 (305) 555-0100', { abroad: true })).toEqual({ number: '+13055550100' });
    expect(mobileNumber('+1 900 555 0100', { abroad: true })).toEqual({ why: 'number-premium' });
    const url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/sms-abroad';
    expect([{}, { extension: [{ url, valueBoolean: true }] }].map(allowsAbroad)).toEqual([false, true]);
  });

  it('gives E.164 or nothing, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = mobileNumber(text, { abroad: true });
        expect('why' in found || /^\+[1-9]\d{7,14}$/.test(found.number)).toBe(true);
      }),
    );
  });
});

describe('smsNumber', () => {
  it('takes a mobile before the house, then the person’s own order, and nothing old', () => {
    const telecom: Patient['telecom'] = [
      { system: 'phone', value: '9900-0001', use: 'home', rank: 1 },
      { system: 'phone', value: '9900-0002', use: 'mobile', rank: 2 },
      { system: 'phone', value: '9900-0003', use: 'mobile', rank: 1 },
      { system: 'phone', value: '9900-0004', use: 'old', rank: 1 },
      { system: 'sms', value: '9900-0005', rank: 1, period: { end: '2020-01-01' } },
      { system: 'email', value: 'a@example.org' },
    ];
    expect(smsNumber(person({ telecom }), NOW, HOME)).toEqual({ number: '+50499000003' });
    expect(smsNumber(person({ telecom: telecom.slice(0, 1) }), NOW, HOME)).toEqual({ number: '+50499000001' });
    expect(smsNumber(person({ telecom: telecom.slice(3) }), NOW, HOME)).toEqual({ why: 'no-number' });
    expect(mailAddress(telecom, NOW)).toBe('a@example.org');
  });

  it('writes to a relative only where the person asked for it, and says why not', () => {
    const telecom = [{ system: 'phone', value: '9900-0009' } as const];
    const url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/contact-for-messages';
    const asked = { telecom, extension: [{ url, valueBoolean: true }] };
    const landline = [{ system: 'phone', value: '2232-1234' } as const];
    const number = (more: Partial<Patient>) => smsNumber(person(more), NOW, HOME);
    expect(number({ contact: [{ telecom }] })).toEqual({ why: 'number-of-contact' });
    expect(number({ telecom: landline, contact: [{ telecom }] })).toEqual({ why: 'number-landline' });
    expect(number({ telecom: landline, contact: [asked] })).toEqual({ number: '+50499000009' });
    expect(number({ contact: [{ ...asked, extension: [{ url, valueBoolean: false }] }] })).toEqual({
      why: 'number-of-contact',
    });
    expect(number({})).toEqual({ why: 'no-number' });
  });
});

it('speaks English to those who prefer it', () => {
  const language = (code: string) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] });
  expect(messageLanguage(person({}))).toBe('es');
  expect(messageLanguage(person({ communication: [{ language: language('miq') }] }))).toBe('es');
  expect(
    messageLanguage(
      person({ communication: [{ language: language('es') }, { language: language('en-US'), preferred: true }] }),
    ),
  ).toBe('en');
});
