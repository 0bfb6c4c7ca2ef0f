import { describe, expect, it } from 'vitest';
import { render } from 'preact-render-to-string';
import type { AuditReport } from '../../../statistics/audit/audit-release.js';
import type { TablePlan } from '../../../statistics/table-types.js';
import { placeText } from './place-text.js';
import { ReleaseReport } from './release-report.js';

const plan: TablePlan = {
  regions: [{ code: 'RS01', es: 'Atlántida', en: 'Atlántida' }],
  breakdowns: { sex: [{ code: 'mujer', es: 'Mujer', en: 'Female' }], age: [], specialty: [] },
  measures: ['sent'],
};
const report: AuditReport = {
  ok: false,
  findings: [{ rule: 'recovered', figure: 'sent|RS01|mujer|total|total' }],
  figures: 6_160,
  hidden: 500,
  small: 300,
  smallDifferences: 20,
  narrowest: 3,
};
const show = (change: Partial<AuditReport> = {}): string =>
  render(<ReleaseReport release={{ report: { ...report, ...change }, threshold: 5 }} plan={plan} />);

describe('protection report', () => {
  it('says what was hidden and why, how close one gets, and what the audit found, in words', () => {
    const html = show();
    for (const words of [
      'problemas encontrados: 1',
      '6,160',
      '5,660',
      'de 1 a 5',
      'cualquiera de 3 valores seguidos, o más (la regla pide 5)',
      'la cifra oculta se puede calcular',
      'Referencias enviadas, Atlántida, Mujer',
    ])
      expect(html).toContain(words);
  });

  it('shows a few of many findings and says how many there are', () => {
    const many = Array.from({ length: 25 }, () => report.findings[0]!);
    const html = show({ findings: many });
    expect(html.match(/se puede calcular/g)).toHaveLength(20);
    expect(html).toContain('y 5 más');
  });

  it('is content when nothing was found', () => {
    const html = show({ ok: true, findings: [], narrowest: undefined as never });
    expect(html).toContain('Aprobada: nada oculto se puede calcular');
    expect(html).toContain('no hay cifras pequeñas');
    expect(html).not.toContain('Qué encontró la auditoría');
  });
});

describe('place of a finding', () => {
  it.each([
    ['sent|total|total|total|total', 'Referencias enviadas'],
    ['sent|RS99|total|5-9|total', 'Referencias enviadas, RS99, 5-9'],
    [
      'sent|RS01|total|total|total - answered|RS01|total|total|total',
      'Referencias enviadas, Atlántida − Referencias respondidas, Atlántida',
    ],
    ['2026-03', '2026-03'],
    ['0', '0'],
  ])('%s is %s', (figure, words) => {
    expect(placeText(figure, plan, 'es')).toBe(words);
  });
});
