import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { factsFor, releaseOf, smallPlan, truthOf } from '../../../test/support/random-tables.js';
import { attack } from '../audit/attack.js';
import { auditRelease } from '../audit/audit-release.js';
import { countCube } from '../count-cube.js';
import { cellKey, TOTAL } from '../table-types.js';
import { protectCounts } from './protect-counts.js';

const plan = smallPlan(3, 3);

describe('protection of linked tables', () => {
  it('leaves nothing to recover by reading, adding up or linear programming, in any table', async () => {
    await fc.assert(
      fc.asyncProperty(factsFor(plan), fc.constantFrom(5, 10), async (facts, threshold) => {
        const raw = countCube(facts);
        const figures = await protectCounts(plan, raw, { threshold });
        const release = releaseOf(plan, figures, { threshold });
        const { recovered, narrowed } = await attack([release]);
        expect(recovered).toEqual([]);
        expect(narrowed).toBe(0);
        const report = await auditRelease({ truth: truthOf(plan, raw), release, earlier: [] });
        expect(report.findings).toEqual([]);
      }),
      { numRuns: 20, seed: 20_261_122 },
    );
  }, 60_000);

  it('hides the same cells for the same counts, in whatever order the referrals come', async () => {
    await fc.assert(
      fc.asyncProperty(factsFor(plan, 60), async (facts) => {
        const once = await protectCounts(plan, countCube(facts), { threshold: 5 });
        const again = await protectCounts(plan, countCube([...facts].reverse()), { threshold: 5 });
        expect([...again]).toEqual([...once]);
      }),
      { numRuns: 8, seed: 7 },
    );
  }, 60_000);

  it('keeps what an earlier version hid, and a second version gives nothing away', async () => {
    await fc.assert(
      fc.asyncProperty(factsFor(plan), async (facts) => {
        const raw = countCube(facts);
        const first = await protectCounts(plan, raw, { threshold: 5 });
        const second = await protectCounts(plan, raw, { threshold: 5, earlier: [first] });
        expect([...second]).toEqual([...first]);
        const { recovered } = await attack([releaseOf(plan, first), releaseOf(plan, second, { version: 2 })]);
        expect(recovered).toEqual([]);
      }),
      { numRuns: 8, seed: 11 },
    );
  }, 60_000);

  it('publishes large figures and zeros, and hides a zero where a region sends to one specialty only', async () => {
    const place = (region: string, specialty: string) => ({
      region,
      sex: 's0',
      age: 'a0',
      specialty,
      fulfils: { answered: false, 'answered-on-time': false, oportuna: false, justificada: false },
    });
    const facts = [
      ...Array.from({ length: 40 }, (_, index) => place('R0', index % 2 ? 'e0' : 'e1')),
      ...Array.from({ length: 12 }, () => place('R1', 'e0')),
    ];
    const figures = await protectCounts(plan, countCube(facts), { threshold: 5 });
    const sent = (region: string, specialty: string): number | null | undefined =>
      figures.get(cellKey({ measure: 'sent', region, breakdown: 'specialty', category: specialty }));
    expect(figures.get(cellKey({ measure: 'sent', region: TOTAL, breakdown: TOTAL, category: TOTAL }))).toBe(52);
    expect(figures.get(cellKey({ measure: 'sent', region: 'R1', breakdown: TOTAL, category: TOTAL }))).toBe(12);
    expect(sent('R2', 'e0')).toBe(0);
    expect(sent('R1', 'e0')).toBeNull();
    expect([sent('R1', 'e1'), sent('R1', 'e2'), sent('R1', 'e3')]).toContain(null);
  });
});
