import { describe, expect, it } from 'vitest';
import { render } from 'preact-render-to-string';
import { BarChart } from './bar-chart.js';

describe('bar chart', () => {
  const html = render(
    <BarChart
      title="Enviadas"
      bars={[
        { name: 'Uno', figure: 1_000 },
        { name: 'Una especialidad con un nombre muy, muy largo', figure: 250 },
        { name: 'Tres', figure: 1 },
      ]}
    />,
  );

  it('has bars as long as their figures, the longest over the whole width, the shortest still seen', () => {
    expect([...html.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([320, 80, 1]);
  });

  it('writes name and figure at each bar and cuts names that would run into the figure', () => {
    expect(html).toContain('>1,000<');
    expect(html).toContain('>Una especialidad con un nombre muy, m…<');
    expect(html).toContain('role="img" aria-label="Enviadas"');
  });

  it('needs no style that the security policy would refuse', () => {
    expect(html).not.toMatch(/style=/);
  });
});
