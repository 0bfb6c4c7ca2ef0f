import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { narrativeFault } from './narrative.js';

const div = (content: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;

describe('narrativeFault', () => {
  it.each([
    ['text', div('Dolor abdominal &amp; fiebre')],
    ['formatting', div('<p class="x">a<br/>b</p><table><tr><td colspan="2">1</td></tr></table>')],
    ['a link', div('<a href="https://salud.gob.hn/?a=1&amp;b=2">x</a>')],
    ['a link inside', div('<a href="#x">x</a><a href="Patient/1">y</a>')],
    ['a contained picture', div('<img src="#pic" alt="x"/>')],
    ['an inline picture', div('<img src="data:image/png;base64,iVBORw0KGgo=" alt=""/>')],
    ['a style', div('<p style="color: red; margin: 1px">x</p>')],
    ['a comment', div('<!-- made by a program -->x')],
    ['character references', div('&#241;&#xF1;&nbsp;x')],
    ['single quotes', "<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"],
  ])('accepts %s', (_case, xhtml) => {
    expect(narrativeFault(xhtml)).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['text alone', 'hola'],
    ['no namespace', '<div>x</div>'],
    ['another root', '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'],
    ['two roots', div('x') + div('y')],
    ['an empty div', div('')],
    ['white space only', div('  <p> </p>')],
    ['a div that is not closed', '<div xmlns="http://www.w3.org/1999/xhtml">x'],
    ['crossed elements', div('<b><i>x</b></i>')],
    ['script', div('<script>alert(1)</script>')],
    ['capital script', div('<SCRIPT>alert(1)</SCRIPT>')],
    ['iframe', div('<iframe src="https://a.b/"></iframe>')],
    ['form', div('<form action="https://a.b/"><input name="x"/></form>')],
    ['style element', div('<style>p{}</style>')],
    ['svg', div('<svg onload="x"></svg>')],
    ['event handler', div('<p onclick="x()">x</p>')],
    ['event handler without quotes', div('<p onclick=x()>x</p>')],
    ['javascript link', div('<a href="javascript:alert(1)">x</a>')],
    ['javascript link, encoded', div('<a href="&#106;avascript:alert(1)">x</a>')],
    ['javascript link, with a tab', div('<a href="java&#9;script:alert(1)">x</a>')],
    ['javascript link, with a space before', div('<a href=" javascript:alert(1)">x</a>')],
    ['data link', div('<a href="data:text/html;base64,PHA+">x</a>')],
    ['protocol-relative link', div('<a href="//a.b/">x</a>')],
    ['picture from outside', div('<img src="https://a.b/p.png" alt=""/>')],
    ['svg picture', div('<img src="data:image/svg+xml;base64,PHN2Zz4=" alt=""/>')],
    ['style with an address', div('<p style="background: url(https://a.b/)">x</p>')],
    ['style that covers the page', div('<p style="position: fixed">x</p>')],
    ['style with an escape', div('<p style="background: u\\72l(x)">x</p>')],
    ['an attribute twice', div('<p class="a" class="b">x</p>')],
    ['a bare ampersand', div('a & b')],
    ['an entity of its own', div('<p title="&evil;">x</p>')],
    ['an inherited name as entity', div('<p title="&valueOf;">x</p>')],
    ['a bare ampersand in an attribute', div('<p title="a & b">x</p>')],
    ['CDATA', div('<![CDATA[<script>]]>x')],
    ['a processing instruction', div('<?php x ?>y')],
    ['a document type', `<!DOCTYPE html>${div('x')}`],
    ['a conditional comment', div('<!--[if IE]><script>x</script><![endif]-->y')],
    ['an open comment', div('x<!-- ')],
  ])('refuses %s', (_case, xhtml) => {
    expect(narrativeFault(xhtml)).toEqual(expect.any(String));
  });

  it('accepts any text once it is escaped', () => {
    const text = fc.string({ minLength: 1 }).filter((value) => value.trim() !== '');
    fc.assert(
      fc.property(text, (value) => {
        const escaped = value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        expect(narrativeFault(div(escaped))).toBeUndefined();
      }),
    );
  });

  it('never accepts markup that a browser would take for another element', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'script',
      ' ',
      '"',
      "'",
      '=',
      'a',
      'href',
      'on',
      '<!--',
      '-->',
      'p',
      '&#60;',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const source = parts.join('');
        if (narrativeFault(div(`x${source}`)) === undefined) {
          expect(source.replace(/<!--.*?-->/g, '')).not.toMatch(/<\s*script|<[^>]*\son/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is quick on long input', () => {
    const started = performance.now();
    narrativeFault(div('x'.repeat(1_000_000)));
    narrativeFault(div('<!--' + '-'.repeat(500_000)));
    narrativeFault(div('<p ' + 'a="1" '.repeat(50_000)));
    narrativeFault(div('<b>'.repeat(100_000)));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
