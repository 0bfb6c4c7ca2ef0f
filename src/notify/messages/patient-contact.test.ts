import type { Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailAddress, messageLanguage, mobileNumber, smsNumber } from './patient-contact.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const person = (more: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...more });

describe('mobileNumber', () => {
  it.each([
    ['9912-3456', '+50499123456'],
    ['+504 3312 3456', '+50433123456'],
    ['00504 8812-3456', '+50488123456'],
    ['504 9912 3456', '+50499123456'],
    ['+1 (305) 555-0100', '+13055550100'],
    ['2232-1234', undefined],
    ['+504 2232 1234', undefined],
    ['123', undefined],
    ['', undefined],
    ['no tiene', undefined],
    ['9912-3456, 9912-3457', undefined],
  ])('%s -> %s', (text, expected) => {
    expect(mobileNumber(text)).toBe(expected);
  });

  it('gives E.164 or nothing, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const number = mobileNumber(text);
        expect(number === undefined || /^\+[1-9]\d{7,14}$/.test(number)).toBe(true);
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
    expect(smsNumber(person({ telecom }), NOW)).toBe('+50499000003');
    expect(smsNumber(person({ telecom: telecom.slice(0, 1) }), NOW)).toBe('+50499000001');
    expect(smsNumber(person({ telecom: telecom.slice(3) }), NOW)).toBeUndefined();
    expect(mailAddress(telecom, NOW)).toBe('a@example.org');
  });

  it('asks whoever is to be called when the person has no mobile', () => {
    const contact = [{ telecom: [{ system: 'phone', value: '9900-0009' } as const] }];
    expect(smsNumber(person({ telecom: [{ system: 'phone', value: '2232-1234' }], contact }), NOW)).toBe(
      '+50499000009',
    );
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
