import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { fillStructure } from '../../../test/support/fill-structure.js';
import { isServiceError } from '../../errors.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { MAX_DEPTH, stringifyFhir } from '../exact-json.js';
import { createFhirXml } from './fhir-xml.js';

const definitions = loadDefinitions();
const xml = createFhirXml(definitions);

const roundTrip = (json: string): unknown => JSON.parse(stringifyFhir(xml.read(xml.write(json, false))));
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isServiceError(error)) return `${error.code} ${error.findings[0]?.expression ?? ''}`.trim();
    throw error;
  }
  return 'accepted';
};
const patient = (inside: string): string => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const DIV =
  '<div xmlns="http://www.w3.org/1999/xhtml">\n  <p title="a &amp; b">1 &lt; 2 &#xe9; <br/></p><!-- x --></div>';

describe('FHIR JSON -> XML -> FHIR JSON', () => {
  const resourceTypes = definitions.base.filter(({ kind, abstract }) => kind === 'resource' && !abstract);

  it.each(resourceTypes.map(({ type }) => type))('keeps all of a filled %s', (type) => {
    for (let turn = 0; turn < 3; turn += 1) {
      const resource = fillStructure(definitions, type, turn);
      // An empty object, where the filling stops, is nothing in XML.
      const text = JSON.stringify(withoutEmpty(resource));
      expect(roundTrip(text)).toEqual(JSON.parse(text));
      expect(JSON.parse(stringifyFhir(xml.read(xml.write(text, true))))).toEqual(JSON.parse(text));
    }
  });

  it('keeps the digits of decimals', () => {
    for (const digits of ['1.10', '0.1e1', '-0.0', '3.14159265358979323', '100', '1E-22', '12345678901234567']) {
      const text = `{"resourceType":"Observation","valueQuantity":{"value":${digits}}}`;
      expect(stringifyFhir(xml.read(xml.write(text, false)))).toBe(text);
    }
  });

  it('keeps ids and extensions of primitives, and the places of lists', () => {
    const resource = {
      resourceType: 'Patient',
      id: 'p1',
      text: { id: 't1', status: 'generated', div: DIV },
      contained: [{ resourceType: 'Organization', id: 'o1', name: 'Ñ "x" <y> & z\ttab\nline' }],
      extension: [{ id: 'e', url: 'urn:a', extension: [{ url: 'b', valueBoolean: false }] }],
      name: [
        { given: ['A', null, 'C'], _given: [null, { id: 'g', extension: [{ url: 'urn:x', valueCode: 'y' }] }, null] },
      ],
      birthDate: '1970',
      _birthDate: { id: 'b1' },
      _gender: { extension: [{ url: 'urn:why', valueCode: 'unknown' }] },
      photo: [{ url: 'http://x.example' }],
      managingOrganization: { reference: '#o1' },
    };
    expect(roundTrip(JSON.stringify(resource))).toEqual(resource);
    expect(xml.write(JSON.stringify(resource), true)).toContain(DIV);
  });

  it('keeps any text that XML can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const family = value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
        const back = roundTrip(JSON.stringify({ resourceType: 'Patient', name: [{ family: value }] }));
        expect(back).toEqual({ resourceType: 'Patient', name: [{ family }] });
      }),
    );
  });

  it('writes elements in the order of the definition, whatever the order of the members', () => {
    const text = '{"gender":"male","id":"1","active":true,"resourceType":"Patient"}';
    expect(xml.write(text, false)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Patient xmlns="http://hl7.org/fhir"><id value="1"/><active value="true"/><gender value="male"/></Patient>',
    );
  });

  it('cannot write a type that is not described', () => {
    expect(
      codeOf(() => xml.write('{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Coverage"}}]}', false)),
    ).toBe('format-unsupported');
  });
});

describe('FHIR XML', () => {
  it.each([
    ['a prefix', '<f:Patient xmlns:f="http://hl7.org/fhir"><f:id value="1"/></f:Patient>', { id: '1' }],
    [
      'comments, instructions, a declaration',
      `<?xml version="1.0" encoding="utf-8"?><!-- a --><?b c?>${patient('<id value="1"/> <!-- c -->')}`,
      { id: '1' },
    ],
    [
      'a schema location',
      '<Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"><id value="1"/></Patient>',
      { id: '1' },
    ],
    ['character references', patient('<id value="&#x31;&#50;"/>'), { id: '12' }],
    ['what is no number', patient('<multipleBirthInteger value="+5"/>'), { multipleBirthInteger: '+5' }],
  ])('is read with %s', (_name, text, expected) => {
    expect(xml.read(text)).toEqual({ resourceType: 'Patient', ...expected });
  });

  const deep = (levels: number): string =>
    patient(`${'<extension url="a">'.repeat(levels)}${'</extension>'.repeat(levels)}`);

  it.each([
    ['nothing', '', 'body-unreadable'],
    ['no XML', '{}', 'body-unreadable'],
    ['an open element', '<Patient xmlns="http://hl7.org/fhir">', 'body-unreadable'],
    ['two roots', patient('') + patient(''), 'body-unreadable'],
    ['no namespace', '<Patient><id value="1"/></Patient>', 'body-unreadable'],
    ['a foreign namespace', '<Patient xmlns="urn:x"/>', 'body-unreadable'],
    ['an unknown root', '<Paciente xmlns="http://hl7.org/fhir"/>', 'body-unreadable'],
    ['a DOCTYPE', `<!DOCTYPE Patient>${patient('')}`, 'body-unreadable'],
    [
      'an external entity',
      `<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>${patient('<id value="&x;"/>')}`,
      'body-unreadable',
    ],
    [
      'a billion laughs',
      `<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${patient('<id value="&b;"/>')}`,
      'body-unreadable',
    ],
    ['an undefined entity', patient('<id value="&x;"/>'), 'body-unreadable'],
    ['another encoding', `<?xml version="1.0" encoding="UTF-16"?>${patient('')}`, 'body-unreadable'],
    ['text between elements', patient('hello'), 'body-unreadable'],
    ['CDATA between elements', patient('<![CDATA[x]]>'), 'body-unreadable'],
    ['an attribute twice', patient('<id value="1" value="2"/>'), 'body-unreadable'],
    ['an undeclared prefix', patient('<x:id value="1"/>'), 'body-unreadable'],
    ['endless nesting', deep(MAX_DEPTH), 'body-too-deep'],
    [
      'endless nesting in the narrative',
      patient(`<text><div xmlns="http://www.w3.org/1999/xhtml">${'<b>'.repeat(70)}${'</b>'.repeat(70)}</div></text>`),
      'body-too-deep',
    ],
    ['an unknown element', patient('<name><nick value="x"/></name>'), 'element-unknown Patient.name[0].nick'],
    ['an unknown attribute', patient('<id valor="1"/>'), 'element-unknown Patient.id'],
    ['an attribute on a resource', '<Patient xmlns="http://hl7.org/fhir" id="1"/>', 'element-unknown Patient'],
    [
      'an element that is an attribute',
      patient('<extension url="a"><url value="b"/></extension>'),
      'element-unknown Patient.extension[0].url',
    ],
    ['a JavaScript name', patient('<constructor value="x"/>'), 'element-unknown Patient.constructor'],
    ['an element of another namespace', patient('<id xmlns="urn:x" value="1"/>'), 'element-unknown Patient.id'],
    [
      'an unknown contained resource',
      patient('<contained><Nada/></contained>'),
      'element-unknown Patient.contained[0]',
    ],
    ['a narrative outside XHTML', patient('<text><div>x</div></text>'), 'element-unknown Patient.text.div'],
    ['one element twice', patient('<gender value="male"/><gender value="female"/>'), 'cardinality Patient.gender'],
    [
      'two resources in one place',
      patient('<contained><Patient/><Patient/></contained>'),
      'cardinality Patient.contained[0]',
    ],
  ])('is refused with %s', (_name, text, expected) => {
    expect(codeOf(() => xml.read(text))).toBe(expected);
  });

  it('is read in one pass, however much there is of it', () => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${'<b>x</b>'.repeat(100_000)}</div>`;
    const names = '<given value="a"/>'.repeat(50_000);
    const read = xml.read(patient(`<text>${div}</text><name>${names}</name>`));
    expect(read).toMatchObject({ text: { div } });
    expect((read['name'] as { given: string[] }[])[0]?.given).toHaveLength(50_000);
  });

  it('gives an answer to any text', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      'Patient',
      ' xmlns="http://hl7.org/fhir"',
      'id',
      ' value="',
      '&',
      ';',
      '<!--',
      '-->',
      ']]>',
      '<?',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expect(typeof codeOf(() => xml.read(parts.join('')))).toBe('string');
      }),
    );
  });
});

/** The same tree without members that hold nothing. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as Resource).flatMap(([key, member]) => {
    const kept = withoutEmpty(member);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}
