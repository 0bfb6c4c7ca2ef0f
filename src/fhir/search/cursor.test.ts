import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type CursorBinding, openCursor, type Position, sealCursor } from './cursor.js';

const binding: CursorBinding = {
  type: 'Patient',
  caller: 'clerk.hosp1',
  parameters: [
    ['name', 'garcia'],
    ['_sort', 'name'],
  ],
};
const position: Position = ['garcia ana', new Date('2026-05-03T10:00:00.123Z'), null, '3fa2-1'];
const open = (cursor: string, changed: Partial<CursorBinding> = {}, secret = 'secret'): Position =>
  openCursor(secret, { ...binding, ...changed }, cursor, position.length);

describe('page cursors', () => {
  it('give back the position', () => {
    const cursor = sealCursor('secret', binding, position);
    expect(open(cursor)).toEqual(position);
    expect(cursor).toMatch(/^[\w-]+$/);
  });

  it('open when a client orders the parameters anew', () => {
    expect(open(sealCursor('secret', binding, position), { parameters: [...binding.parameters].reverse() })).toEqual(
      position,
    );
  });

  it.each<[string, Partial<CursorBinding>]>([
    ['another caller', { caller: 'clerk.hosp2' }],
    ['another type', { type: 'Task' }],
    [
      'another query',
      {
        parameters: [
          ['name', 'lopez'],
          ['_sort', 'name'],
        ],
      },
    ],
    ['one parameter less', { parameters: [['_sort', 'name']] }],
  ])('do not open for %s', (_case, changed) => {
    const cursor = sealCursor('secret', binding, position);
    expect(() => open(cursor, changed)).toThrow('cursor-invalid');
  });

  it('do not open with another secret or as another shape', () => {
    const cursor = sealCursor('secret', binding, position);
    expect(() => open(cursor, {}, 'other')).toThrow('cursor-invalid');
    expect(() => openCursor('secret', binding, cursor, 2)).toThrow('cursor-invalid');
  });

  it('do not open when any character was changed, added or cut', () => {
    const cursor = sealCursor('secret', binding, position);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('A', 'z', '_', ''), (at, character) => {
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
        fc.pre(changed !== cursor);
        expect(() => open(changed)).toThrow('cursor-invalid');
      }),
    );
  });

  it('do not open for arbitrary text, nor show what they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => open(text)).toThrow('cursor-invalid');
      }),
    );
    expect(Buffer.from(sealCursor('secret', binding, position), 'base64url').toString('latin1')).not.toContain(
      'garcia',
    );
  });
});
