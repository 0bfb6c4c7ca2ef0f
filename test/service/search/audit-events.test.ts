import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/access/caller.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { everything, nextOf, openSearchFixture, previousOf, type SearchFixture } from './search-fixture.js';

const RECORDS = 45;
let fixture: SearchFixture;

/** Ten at each instant, so that ties are walked too. */
const record = (n: number): AuditRecord => ({
  _id: `a${String(n).padStart(2, '0')}`,
  p: 'p',
  n,
  at: new Date(Date.UTC(2026, 4, 3, 12, 0, Math.floor(n / 10))),
  act: n % 3 === 0 ? 'U' : 'R',
  sub: n % 3 === 0 ? '$accept' : 'read',
  out: '0',
  who: 'triage.hosp1',
  rol: 'triage',
  cli: 'pages',
  pt: [`p${n % 2}`],
  ent: [`Task/t${n}/_history/1`],
  req: 'r',
  pou: 'TREAT',
});
const patient: Caller = { ...everything, sub: 'patient.1', role: 'patient', actsAs: ['patient'], patient: 'p1' };

beforeAll(async () => {
  fixture = await openSearchFixture();
  const audit = fixture.connection.collection<AuditRecord>('audit');
  await audit.insertMany(Array.from({ length: RECORDS }, (_, n) => record(n)));
}, 60_000);
afterAll(() => fixture.close());

describe('search on AuditEvent', () => {
  it('answers from audit records', async () => {
    expect(await fixture.ids('AuditEvent?entity=Task/t3')).toEqual(['a03']);
    expect(await fixture.search('AuditEvent?patient=p0&action=U&_summary=count')).toMatchObject({ total: 8 });
    expect((await fixture.search('AuditEvent?_id=a03')).entry?.[0]).toMatchObject({
      fullUrl: 'http://rr.test/fhir/AuditEvent/a03',
      resource: { resourceType: 'AuditEvent', action: 'U', recorded: '2026-05-03T12:00:00.000Z' },
    });
  });

  it('walks newest first through equal times', async () => {
    const walked: string[] = [];
    for (let next: string | undefined = 'AuditEvent?_count=7'; next !== undefined;) {
      const page = await fixture.search(next);
      walked.push(...(page.entry ?? []).map(({ resource }) => resource.id));
      next = nextOf(page);
    }
    expect(walked).toEqual(Array.from({ length: RECORDS }, (_, n) => record(RECORDS - 1 - n)._id));
  });

  it('goes back a page, and shows no more than asked for', async () => {
    const first = await fixture.search('AuditEvent?_count=7');
    const second = await fixture.search(nextOf(first)!);
    const again = await fixture.search(previousOf(second)!);
    expect([again.entry, previousOf(again)]).toEqual([first.entry, undefined]);
    const [entry] = (await fixture.search('AuditEvent?_id=a03&_elements=action')).entry ?? [];
    expect(entry?.resource).toMatchObject({ action: 'U', meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(entry?.resource).not.toHaveProperty('entity');
    await expect(fixture.search('AuditEvent?_summary=short')).rejects.toThrow('_summary');
  });

  it('shows a patient who looked at their own record, and nothing else', async () => {
    expect(await fixture.search('AuditEvent?_summary=count', patient)).toMatchObject({ total: 22 });
    expect(await fixture.ids('AuditEvent?patient=p0', patient)).toEqual([]);
  });

  it('lets a patient find by no more than is shown of a record about several people', async () => {
    const both = { ...record(99), _id: 'z1', n: 99, pt: ['p1', 'p0'], ent: ['Task/theirs'] };
    const own = { ...record(98), _id: 'z2', n: 98, pt: ['p1'], ent: ['Task/mine'] };
    const audit = fixture.connection.collection<AuditRecord>('audit');
    await audit.insertMany([both, own]);
    expect(await fixture.ids('AuditEvent?_id=z1,z2', patient)).toEqual(expect.arrayContaining(['z1', 'z2']));
    expect(await fixture.ids('AuditEvent?entity=Task/theirs', patient)).toEqual([]);
    expect(await fixture.ids('AuditEvent?entity=Task/mine', patient)).toEqual(['z2']);
    expect(await fixture.ids('AuditEvent?_id=z1&entity=Patient/p0', patient)).toEqual([]);
    expect(await fixture.ids('AuditEvent?_id=z1&patient=p0', patient)).toEqual([]);
    expect(await fixture.ids('AuditEvent?_id=z1&patient=p1', patient)).toEqual(['z1']);
    expect(await fixture.ids('AuditEvent?entity=Task/theirs')).toEqual(['z1']);
    await audit.deleteMany({ _id: { $in: ['z1', 'z2'] } });
  });

  it('is audited itself', async () => {
    await fixture.search('AuditEvent?_id=a03');
    expect(fixture.audits.at(-1)).toMatchObject({
      act: 'E',
      sub: 'search-type',
      pt: ['p1'],
      ent: ['AuditEvent/a03'],
      q: 'AuditEvent?_id=a03',
    });
  });
});
