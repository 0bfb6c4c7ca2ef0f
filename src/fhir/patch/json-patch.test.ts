import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError } from '../../errors.js';
import { parseFhirJson, stringifyFhir } from '../exact-json.js';
import { applyJsonPatch } from './json-patch.js';

const apply = (document: string, patch: unknown): string =>
  stringifyFhir(
    applyJsonPatch(
      parseFhirJson(document).resource,
      parseFhirJson(typeof patch === 'string' ? patch : JSON.stringify(patch)).resource,
    ),
  );

function codeOf(work: () => unknown): [string, string | undefined] {
  try {
    work();
  } catch (error) {
    if (isServiceError(error)) return [error.code, error.findings[0]?.expression];
    throw error;
  }
  return ['none', undefined];
}

const person = '{"resourceType":"Patient","id":"x","name":[{"given":["A","B"]}],"a/b":1,"m~n":2}';

describe('applyJsonPatch', () => {
  it.each([
    ['add to an object', [{ op: 'add', path: '/gender', value: 'male' }], '"gender":"male"'],
    ['add in the middle of a list', [{ op: 'add', path: '/name/0/given/1', value: 'X' }], '["A","X","B"]'],
    ['add at the end of a list', [{ op: 'add', path: '/name/0/given/-', value: 'X' }], '["A","B","X"]'],
    ['add over what is there', [{ op: 'add', path: '/id', value: 'y' }], '"id":"y"'],
    ['remove from a list', [{ op: 'remove', path: '/name/0/given/0' }], '"given":["B"]'],
    ['replace', [{ op: 'replace', path: '/name/0/given/1', value: 'X' }], '["A","X"]'],
    ['move within a list', [{ op: 'move', from: '/name/0/given/1', path: '/name/0/given/0' }], '["B","A"]'],
    ['copy', [{ op: 'copy', from: '/name/0', path: '/name/-' }], '[{"given":["A","B"]},{"given":["A","B"]}]'],
    [
      'escapes of a pointer',
      [
        { op: 'replace', path: '/a~1b', value: 7 },
        { op: 'test', path: '/m~0n', value: 2 },
      ],
      '"a/b":7',
    ],
    [
      'a test of an object in another order',
      [{ op: 'test', path: '/name', value: [{ given: ['A', 'B'] }] }],
      '"id":"x"',
    ],
  ])('can %s', (_title, patch, expected) => {
    expect(apply(person, patch)).toContain(expected);
  });

  it('copies by value: a later change of one leaves the other', () => {
    const patch = [
      { op: 'copy', from: '/name/0', path: '/name/1' },
      { op: 'replace', path: '/name/1/given/0', value: 'Z' },
    ];
    expect(JSON.parse(apply(person, patch)).name).toEqual([{ given: ['A', 'B'] }, { given: ['Z', 'B'] }]);
  });

  it('leaves numbers as they were written and compares them by value', () => {
    const document = '{"value":1.10,"other":1e3,"big":12345678901234567890}';
    const patch =
      '[{"op":"test","path":"/value","value":1.1},{"op":"test","path":"/other","value":1000.0},{"op":"add","path":"/new","value":0.50}]';
    expect(apply(document, patch)).toBe('{"value":1.10,"other":1e3,"big":12345678901234567890,"new":0.50}');
    expect(codeOf(() => apply(document, '[{"op":"test","path":"/big","value":12345678901234567891}]'))[0]).toBe(
      'patch-test-failed',
    );
  });

  it('leaves no empty list behind, and keeps what was sent empty for validation to refuse', () => {
    const patch = [
      { op: 'remove', path: '/name/0/given/0' },
      { op: 'remove', path: '/name/0/given/0' },
    ];
    expect(JSON.parse(apply(person, patch))).not.toHaveProperty('name');
    expect(apply(person, [{ op: 'replace', path: '/name', value: [] }])).toContain('"name":[]');
  });

  it.each([
    ['no list', {}, 'patch-malformed', 'patch'],
    ['no object', [5], 'patch-malformed', 'patch[0]'],
    ['an unknown op', [{ op: 'fly', path: '/a' }], 'patch-malformed', 'patch[0].op'],
    ['no path', [{ op: 'remove' }], 'patch-malformed', 'patch[0].path'],
    ['a path without slash', [{ op: 'remove', path: 'id' }], 'patch-malformed', 'patch[0].path'],
    ['a broken escape', [{ op: 'remove', path: '/a~2' }], 'patch-malformed', 'patch[0].path'],
    ['no value', [{ op: 'test', path: '/id' }], 'patch-malformed', 'patch[0].value'],
    ['no from', [{ op: 'move', path: '/id' }], 'patch-malformed', 'patch[0].from'],
    ['a place that is not there', [{ op: 'remove', path: '/gender' }], 'patch-failed', 'patch[0].path'],
    ['a list that ends before', [{ op: 'add', path: '/name/5', value: 1 }], 'patch-failed', 'patch[0].path'],
    ['a number with a zero', [{ op: 'remove', path: '/name/00' }], 'patch-failed', 'patch[0].path'],
    ['an inherited member', [{ op: 'test', path: '/name/length', value: 1 }], 'patch-failed', 'patch[0].path'],
    ['a move into itself', [{ op: 'move', from: '/name', path: '/name/0' }], 'patch-failed', 'patch[0].path'],
    ['a removal of all', [{ op: 'remove', path: '' }], 'patch-failed', 'patch[0].path'],
    ['an unsafe name', [{ op: 'add', path: '/__proto__/x', value: 1 }], 'key-unsafe', undefined],
    ['a test that fails', [{ op: 'test', path: '/id', value: 'y' }], 'patch-test-failed', 'patch[0]'],
  ])('refuses %s', (_title, patch, code, expression) => {
    expect(codeOf(() => apply(person, patch))).toEqual([code, expression]);
  });

  it('reads the whole patch before it changes anything', () => {
    const tree = JSON.parse(person) as object;
    const patch = [{ op: 'remove', path: '/id' }, { op: 'fly' }];
    expect(codeOf(() => applyJsonPatch(tree, patch))[0]).toBe('patch-malformed');
    expect(tree).toEqual(JSON.parse(person));
  });

  it('ends for a patch that doubles what it copies', () => {
    const wide = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }));
    const deep = Array.from({ length: 80 }, () => ({ op: 'copy', from: '/name/0', path: '/name/0/x' }));
    expect(['patch-failed', 'body-too-deep']).toContain(codeOf(() => apply(person, wide))[0]);
    expect(['patch-failed', 'body-too-deep']).toContain(codeOf(() => apply(person, deep))[0]);
  });

  it('undoes an addition with a removal, whatever the document', () => {
    const names = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.jsonValue({ maxDepth: 3 }), (list, value) => {
        const document = { list };
        const at = `/list/${list.length - 1}`;
        const patch = [
          { op: 'add', path: at, value },
          { op: 'test', path: at, value },
          { op: 'remove', path: at },
        ];
        expect(applyJsonPatch(structuredClone(document), patch)).toEqual(document);
      }),
    );
  });
});
