import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { factsFor, releaseOf, smallPlan, truthOf, withFigure } from '../../../test/support/random-tables.js';
import { countCube } from '../count-cube.js';
import { protectCounts } from '../protect/protect-counts.js';
import { cellKey, type PublishedCounts, placesOf, type RawCounts, TOTAL } from '../table-types.js';
import { attack } from './attack.js';
import { auditRelease, type AuditReport } from './audit-release.js';

const plan = smallPlan();

describe('planted faults', () => {
  let raw: RawCounts;
  let figures: PublishedCounts;
  const rules = ({ findings }: AuditReport): string[] => [...new Set(findings.map(({ rule }) => rule))];
  const audit = (changed: PublishedCounts, options: { threshold?: number; earlier?: PublishedCounts[] } = {}) =>
    auditRelease({
      truth: truthOf(plan, raw),
      release: releaseOf(plan, changed, { version: 2, threshold: options.threshold ?? 5 }),
      earlier: (options.earlier ?? []).map((earlier) => releaseOf(plan, earlier)),
    });
  const hiddenKeys = (large: boolean): string[] =>
    [...figures].flatMap(([key, value]) => (value === null && raw.at(key) > 5 === large ? [key] : []));

  beforeAll(async () => {
    const [facts = []] = fc.sample(factsFor(plan, 700, 600), { numRuns: 1, seed: 5 });
    raw = countCube(facts);
    figures = await protectCounts(plan, raw, { threshold: 5 });
  });

  it('the sound release passes, has hidden cells of both kinds and shows most of what is large', async () => {
    expect((await audit(figures)).ok).toBe(true);
    expect(hiddenKeys(false).length).toBeGreaterThan(3);
    expect(hiddenKeys(true).length).toBeGreaterThan(0);
    const large = placesOf(plan).filter((place) => raw.at(cellKey(place)) > 5).length;
    expect(hiddenKeys(true).length).toBeLessThan(large / 2);
  });

  it.each([true, false])('a cell published that should be hidden is found (complementary: %s)', async (large) => {
    const verdicts = await Promise.all(
      hiddenKeys(large).map(async (key) => audit(withFigure(figures, key, raw.at(key)))),
    );
    for (const verdict of verdicts) {
      if (!large) expect(rules(verdict)).toContain('small-count-published');
    }
    const caught = verdicts.filter(({ ok }) => !ok).length;
    // A complementary cell may be one that another could replace; nearly all hold up something.
    expect(caught / verdicts.length).toBeGreaterThanOrEqual(large ? 0.9 : 1);
  });

  it('hiding small counts alone is refused, and the attack recovers some', async () => {
    const bare = new Map(
      [...figures.keys()].map((key) => [key, raw.at(key) >= 1 && raw.at(key) <= 5 ? null : raw.at(key)]),
    ) as ReadonlyMap<string, number | null> as PublishedCounts;
    expect(rules(await audit(bare))).toContain('narrower-than-rule');
    const { recovered } = await attack([releaseOf(plan, bare)]);
    expect(recovered.length).toBeGreaterThan(0);
    for (const { figure, value, by } of recovered)
      if (by === 'propagation' || by === 'linear-programme') {
        const [part = '', whole] = figure.split(' - ').reverse();
        const truth = truthOf(plan, raw);
        expect(value).toBe(whole === undefined ? truth.get(part) : (truth.get(whole) ?? 0) - (truth.get(part) ?? 0));
      }
  });

  it('a threshold of 0 is refused', async () => {
    const open = await protectCounts(plan, raw, { threshold: 0 });
    expect(rules(await audit(open, { threshold: 0 }))).toEqual(
      expect.arrayContaining(['threshold-too-low', 'small-count-published']),
    );
  });

  it('a second version that drops a suppression, or hides what was shown, is refused and recovered', async () => {
    const [key = ''] = hiddenKeys(true);
    const dropped = withFigure(figures, key, raw.at(key));
    expect(rules(await audit(dropped, { earlier: [figures] }))).toContain('revealed-by-versions');
    expect(rules(await audit(figures, { earlier: [dropped] }))).toContain('revealed-by-versions');
    const { recovered } = await attack([releaseOf(plan, figures), releaseOf(plan, dropped, { version: 2 })]);
    expect(recovered).toContainEqual(expect.objectContaining({ value: raw.at(key), by: 'versions' }));
  });

  it('two versions that are each sound and hide different cells are refused together', async () => {
    const other = await protectCounts(plan, raw, { threshold: 10 });
    const report = await audit(other, { threshold: 10, earlier: [figures] });
    expect(report.ok).toBe(false);
  });

  it('a count that changed after the month closed is refused: the correction is a count', async () => {
    const key = cellKey({ measure: 'sent', region: TOTAL, breakdown: TOTAL, category: TOTAL });
    const corrected = withFigure(figures, key, raw.at(key) + 2);
    expect(rules(await audit(corrected))).toContain('wrong-value');
    expect(rules(await audit(corrected, { earlier: [figures] }))).toContain('changed-after-closing');
    const { recovered } = await attack([releaseOf(plan, figures), releaseOf(plan, corrected, { version: 2 })]);
    expect(recovered).toContainEqual(expect.objectContaining({ value: 2, by: 'versions' }));
  });

  it('zeros around a lone specialty are refused', async () => {
    const facts = Array.from({ length: 30 }, (_, index) => ({
      region: 'R0',
      sex: `s${index % 2}`,
      age: 'a0',
      specialty: 'e0',
      fulfils: { answered: false, 'answered-on-time': false, oportuna: false, justificada: false },
    }));
    const lone = countCube(facts);
    const open = new Map(placesOf(plan).map((place) => [cellKey(place), lone.at(cellKey(place))]));
    const report = await auditRelease({
      truth: truthOf(plan, lone),
      release: releaseOf(plan, open as ReadonlyMap<string, number | null> as PublishedCounts),
      earlier: [],
    });
    expect(rules(report)).toEqual(['disclosive-zero']);
  });
});
