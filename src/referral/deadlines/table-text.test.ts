import { describe, expect, it } from 'vitest';
import { SHIPPED_EDITION } from './shipped-edition.js';
import { editionChanges } from './table-text.js';

describe('what a new edition changes', () => {
  it('is nothing when it says the same', () => {
    expect(editionChanges(SHIPPED_EDITION, structuredClone(SHIPPED_EDITION))).toEqual([]);
  });

  it('is told of terms, limits, workday, holidays and who is told', () => {
    const after = structuredClone(SHIPPED_EDITION);
    const [term] = after.terms;
    term!.amount += 1;
    after.limits.unavailableDays = 60;
    after.workday.closes = '16:00';
    after.holidays = after.holidays.slice(1);
    after.escalation = [{ level: 'uau', share: 1 }, ...after.escalation.slice(1)];
    const changes = editionChanges(SHIPPED_EDITION, after);
    expect(changes.map(({ key }) => key)).toEqual([
      'receipt routine',
      'límites · unavailableDays',
      'jornada · closes',
      'avisos · 0',
      `feriados · ${SHIPPED_EDITION.holidays[0]?.name ?? ''}`,
    ]);
    expect(changes[1]).toEqual({ key: 'límites · unavailableDays', before: '90', after: '60' });
    expect(changes.at(-1)).not.toHaveProperty('after');
  });
});
