import { describe, expect, it } from 'vitest';
import { validate, version } from 'uuid';
import { bucketOf, catalogueId, newId, timeOrderedId } from './ids.js';

describe('ids', () => {
  it('are UUID v7, each different, also beyond one draw of random bytes', () => {
    const ids = Array.from({ length: 2_000 }, timeOrderedId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  });

  it('sort by time from one millisecond to the next', async () => {
    const first = timeOrderedId();
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(timeOrderedId() > first).toBe(true);
  });

  it('carry the bucket they were given', () => {
    expect(bucketOf(newId('3fa2'))).toBe('3fa2');
    expect(bucketOf(catalogueId('Patient', 'x', '00ff'))).toBe('00ff');
    expect(bucketOf('client-given')).toMatch(/^[0-9a-f]{4}$/);
  });

  it('of the catalogue are the same for the same key', () => {
    expect(catalogueId('Organization', '8753')).toBe(catalogueId('Organization', '8753'));
    expect(catalogueId('Organization', '8753')).not.toBe(catalogueId('Location', '8753'));
  });
});
