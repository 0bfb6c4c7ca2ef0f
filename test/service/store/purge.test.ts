import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { COMMANDS } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run-command.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { verifyAudit } from '../../../src/store/audit-verify.js';
import { databaseUri } from '../../support/database.js';
import { startService, type TestService } from '../../support/service.js';

const WRONG = 'Escrito en la persona equivocada';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function purge(...argv: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const env = { MONGODB_URI: databaseUri(service.db.databaseName), MONGODB_DATABASE: service.db.databaseName };
  const code = await runCommand(
    COMMANDS,
    ['purge', ...argv],
    { env, out: (line) => void said.push(line) },
    (line) => void said.push(line),
  );
  return { code, said: said.join('\n') };
}

const as = <T = Patient>(method: string, path: string, body?: unknown) =>
  service.call<T>('conformance', method, path, body === undefined ? {} : { body });

/** A patient of three versions, the last of which is the deletion when it is asked for. */
async function patient(options: { deleted: boolean }): Promise<string> {
  const { body } = await as('POST', 'Patient', { resourceType: 'Patient', name: [{ family: 'Secreto' }] });
  const name = `Patient/${body.id ?? ''}`;
  await as('PUT', name, { ...body, gender: 'female' });
  if (options.deleted) expect((await as('DELETE', name)).status).toBe(204);
  return name;
}

describe('cli purge', () => {
  it('says what would go and takes nothing away until it is confirmed', async () => {
    const name = await patient({ deleted: true });
    const { code, said } = await purge(name, '--reason', WRONG);
    expect([code, said]).toEqual([2, expect.stringContaining('1-2')]);
    expect((await as('GET', `${name}/_history/1`)).status).toBe(200);
  });

  it('takes every version of what was deleted away; deletion, audit and reason stay', async () => {
    const name = await patient({ deleted: true });
    expect(await purge(name, '--reason', WRONG, '--yes')).toMatchObject({ code: 0 });

    expect((await as('GET', name)).status).toBe(410);
    expect((await as('GET', `${name}/_history/1`)).status).toBe(404);
    expect((await as('GET', `${name}/_history/2`)).status).toBe(404);
    const { body } = await as<Bundle>('GET', `${name}/_history`);
    expect(body.entry?.map(({ request }) => request?.method)).toEqual(['DELETE']);
    const left = await service.db
      .collection('history')
      .find({ id: name.split('/')[1] })
      .toArray();
    expect(JSON.stringify(left)).not.toContain('Secreto');

    const record = await service.db.collection<AuditRecord>('audit').findOne({ sub: 'purge', ent: name });
    expect(record).toMatchObject({ act: 'D', pt: [name.split('/')[1]], det: { reason: WRONG, versions: '1-2' } });
    expect((await verifyAudit(service.db)).ok).toBe(true);

    const again = await purge(name, '--reason', WRONG, '--yes');
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('ya estaba purgado')]);
    expect(await service.db.collection('audit').countDocuments({ sub: 'purge', ent: name })).toBe(1);
  });

  it('leaves alone what is not deleted, and what does not exist', async () => {
    const name = await patient({ deleted: false });
    const { code, said } = await purge(name, '--reason', WRONG, '--yes');
    expect([code, said]).toEqual([1, expect.stringContaining('no está borrado')]);
    expect((await as('GET', `${name}/_history/1`)).status).toBe(200);
    expect((await purge('Patient/none', '--reason', WRONG, '--yes')).said).toContain('No existe');
  });

  it('wants a resource and a reason', async () => {
    expect((await purge('Patient', '--reason', WRONG)).code).toBe(2);
    expect((await purge('Patient/1')).said).toContain('Diga por qué');
    expect((await purge('Patient/1', '--reason', ' ')).code).toBe(2);
  });
});
