import { describe, expect, it } from 'vitest';
import { calendarText } from './calendar-file.js';
import type { TrackedReferral } from './tracked-referral.js';

const words = { es: '', en: '' };
const referral: TrackedReferral = {
  id: 'abcd-1',
  state: 'scheduled',
  sentence: words,
  next: words,
  todo: words,
  bring: { es: 'Lleve su hoja; y su identidad, por favor', en: 'Bring your sheet' },
  visit: {
    start: '2026-12-10T09:00:00-06:00',
    place: 'Hospital Regional de la Ciudad Más Lejana y de Nombre Más Largo de Toda la Región, Edificio B',
    address: 'La Ceiba, Atlántida',
  },
};
const NOW = new Date('2026-11-22T12:00:00Z');

describe('the visit as a calendar file (RFC 5545)', () => {
  const text = calendarText(referral, 'es', NOW) ?? '';

  it('has the moment in UTC, half an hour when nobody said how long', () => {
    expect(text).toContain('DTSTART:20261210T150000Z\r\nDTEND:20261210T153000Z\r\n');
    expect(text).toContain('DTSTAMP:20261122T120000Z');
    const withEnd = { ...referral, visit: { ...referral.visit!, end: '2026-12-10T10:00:00-06:00' } };
    expect(calendarText(withEnd, 'es', NOW)).toContain('DTEND:20261210T160000Z');
  });

  it('has lines of 75 octets at most, folded between characters, and escaped text', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\ufffd');
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toContain('LOCATION:Hospital Regional de la Ciudad Más Lejana');
    expect(unfolded).toContain('Región\\, Edificio B\\, La Ceiba\\, Atlántida');
    expect(unfolded).toContain('Lleve su hoja\\; y su identidad\\, por favor');
  });

  it('is nothing without a visit', () => {
    const { visit: _visit, ...without } = referral;
    expect(calendarText(without, 'es', NOW)).toBeUndefined();
  });
});
