import { describe, expect, it } from 'vitest';
import { render } from 'preact-render-to-string';
import { Actions, WorkSummary } from './home.js';
import { countsOf } from './worklists/counts-of.js';

const list = (name: string, count: number) => ({
  name: 'list',
  part: [
    { name: 'name', valueCode: name },
    { name: 'count', valueInteger: count },
  ],
});

describe('work of a facility', () => {
  it('comes from the counts of $worklists; lists that the pages do not know are left out', () => {
    const counts = countsOf({ resourceType: 'Parameters', parameter: [list('new', 2), list('from-the-future', 9)] });
    expect([...counts]).toEqual([['new', 2]]);
  });

  it('counts each referral once, names what is overdue, and parts what is received from what was sent', () => {
    const html = render(
      <WorkSummary
        role="clinician"
        counts={
          new Map([
            ['new', 2],
            ['overdue', 1],
            ['to-acknowledge', 1],
            ['sent-open', 7],
          ])
        }
      />,
    );
    expect(html).toContain('Hay 3 referencias que esperan a su establecimiento.');
    expect(html).toContain('Una pasó de su plazo');
    expect(html).toContain('href="/bandeja?lista=new"');
    expect(html.indexOf('Referencias que su establecimiento recibe')).toBeLessThan(html.indexOf('Respuestas por leer'));
    expect(html).not.toContain('Citas de hoy');
  });

  it('says so when nothing waits', () => {
    const followed = render(<WorkSummary role="nurse" counts={new Map([['sent-open', 2]])} />);
    expect(followed).toContain('Nada espera a su establecimiento ahora.');
    expect(followed).toContain('href="/bandeja?lista=sent-open"');
    expect(render(<WorkSummary role="clerk" counts={new Map([['new', 0]])} />)).toContain(
      'Nada espera a su establecimiento',
    );
  });

  it('offers each role its first step', () => {
    expect(render(<Actions role="nurse" />)).toContain('href="/pacientes"');
    expect(render(<Actions role="clerk" />)).toContain('href="/recepcion"');
    expect(render(<Actions role="manager" />)).toContain('href="/bandeja"');
    expect(render(<Actions role="privacy" />)).toBe('');
  });
});
