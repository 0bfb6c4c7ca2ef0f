import { Readable, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, OperationOutcomeIssue, Patient, Resource } from '@medplum/fhirtypes';
import { importFiles, type ImportReport } from '../../../src/bulk/import/import-files.js';
import { inOrder } from '../../../src/bulk/import/in-order.js';
import { type SourceFile, sourceFile, standardInput } from '../../../src/bulk/import/source-file.js';
import { writeRejects } from '../../../src/bulk/import/write-rejects.js';
import { SID } from '../../../src/config/canonical.js';
import { recordedProgress } from '../../../src/progress.js';
import { verifyAudit } from '../../../src/store/audit-verify.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { startService, type TestService } from '../../support/service.js';
import { facilityOf } from '../policy/policy-fixture.js';

interface RejectedLine {
  readonly line: number;
  readonly file: string;
  readonly resourceType?: string;
  readonly id?: string;
  readonly issues: readonly OperationOutcomeIssue[];
}

const as = 'conformance';
const codesOf = ({ issues }: RejectedLine): unknown[] => issues.map(({ details }) => details?.coding?.[0]?.code);

describe('importing NDJSON', () => {
  let service: TestService;
  let folder: string;
  let facility: string;
  let files = 0;

  beforeAll(async () => {
    service = await startService();
    folder = await mkdtemp(join(tmpdir(), 'import-'));
    facility = await facilityOf(service, 'system.uaps1');
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const fileOf = async (lines: readonly (object | string)[], packed = false): Promise<SourceFile> => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const path = join(folder, `${(files += 1)}.ndjson`);
    await writeFile(path, packed ? gzipSync(`${text}\n`) : `${text}\n`);
    return sourceFile(path);
  };
  const run = (sources: readonly SourceFile[], resume = false): Promise<ImportReport> =>
    importFiles(service.context, sources, {
      resume,
      by: 'tester',
      bar: recordedProgress().bar({ es: '', en: '' }, 'MB'),
    });
  const rejectsOf = async (sources: readonly SourceFile[]): Promise<RejectedLine[]> => {
    let text = '';
    const out = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    await writeRejects(service.context.store, sources, out);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as RejectedLine);
  };
  const person = (id: string, more: Partial<Patient> = {}): Patient => ({
    resourceType: 'Patient',
    id,
    name: [{ family: `Importada ${id}` }],
    ...more,
  });
  const seenAt = (patient: string, id: string): Resource & { id: string } => ({
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/${patient}` },
    serviceProvider: { reference: `Organization/${facility}` },
  });
  const observed = (patient: string, id: string, more: object = {}): object => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'Peso' },
    subject: { reference: `Patient/${patient}` },
    ...more,
  });
  const stored = (type: string, id: string): Promise<StoredResource | null> =>
    service.db.collection<StoredResource>(type).findOne({ _id: id });

  it('keeps ids, numbers as written and text that a spreadsheet would run, as a read gives them back', async () => {
    const line =
      '{"resourceType":"Observation","id":"imp-exact","meta":{"source":"urn:prueba:carga"},"status":"final","code":{"text":"=cmd|\' /C calc\'!A0"},' +
      '"subject":{"reference":"Patient/imp-1"},"valueQuantity":{"value":1.10,"unit":"$where"}}';
    const file = await fileOf([person('imp-1'), line]);
    expect(await run([file])).toMatchObject({ read: 2, written: 2, present: 0, rejected: 0 });
    const answer = await service.call(as, 'GET', 'Observation/imp-exact');
    expect(answer.text).toContain('"value":1.10');
    expect(answer.text).toContain(`"text":"=cmd|' /C calc'!A0"`);
    expect(answer.headers.get('etag')).toBe('W/"1"');
    const history = await service.call<Bundle>(as, 'GET', 'Observation/imp-exact/_history');
    expect(history.body.entry).toHaveLength(1);
    const sourced = await service.call<Bundle>(as, 'GET', 'Observation?_source=urn:prueba:carga');
    expect(sourced.body.entry?.map(({ resource }) => resource?.id)).toEqual(['imp-exact']);
    const found = await service.call<Bundle>(as, 'GET', 'Observation?patient=imp-1');
    expect(found.body.entry?.map(({ resource }) => resource?.id)).toEqual(['imp-exact']);
  });

  it('says what is wrong with each broken line, and takes the others', async () => {
    const file = await fileOf([
      person('ok-1'),
      '{"resourceType":"Patient","id":"cut',
      { resourceType: 'Paciente', id: 'x' },
      { resourceType: 'Patient', id: 'no válido' },
      { resourceType: 'Patient', id: 'bad-code', gender: 'hombre' },
      { resourceType: 'Patient', id: 'bad-element', apellido: 'x' },
      '[]',
      '',
      { resourceType: 'AuditEvent', id: 'forged' },
      '{"resourceType":"Patient","id":"twice","gender":"male","gender":"female"}',
      person('ok-2'),
    ]);
    expect(await run([file])).toMatchObject({ read: 10, written: 2, rejected: 8 });
    const rejects = await rejectsOf([file]);
    expect(rejects.map((one) => [one.line, one.resourceType, codesOf(one)[0]])).toEqual([
      [2, 'Patient', 'body-unreadable'],
      [3, 'Paciente', 'type-unknown'],
      [4, 'Patient', 'id-invalid'],
      [5, 'Patient', 'code-invalid'],
      [6, 'Patient', 'element-unknown'],
      [7, undefined, 'body-unreadable'],
      [9, 'AuditEvent', 'interaction-unsupported'],
      [10, 'Patient', 'body-unreadable'],
    ]);
    expect(rejects[0]).toMatchObject({ file: file.name });
    expect(await stored('Patient', 'ok-2')).not.toBeNull();
    expect(await stored('Patient', 'bad-code')).toBeNull();
  });

  it('rejects a second holder of a DNI and names the first, in the same batch, in another file, and over HTTP', async () => {
    const dni = (value: string): Partial<Patient> => ({ identifier: [{ system: SID.dni, value }] });
    const first = await fileOf([person('dni-1', dni('0801-1990-00001')), person('dni-2', dni('0801199000001'))]);
    expect(await run([first])).toMatchObject({ written: 1, rejected: 1 });
    const second = await fileOf([person('dni-3', dni('0801199000001'))]);
    expect(await run([second])).toMatchObject({ written: 0, rejected: 1 });
    const rejects = await rejectsOf([first, second]);
    expect(rejects.map((one) => [one.id, codesOf(one)])).toEqual([
      ['dni-2', ['import-duplicate']],
      ['dni-3', ['import-duplicate']],
    ]);
    expect(rejects[1]?.issues[0]?.details?.text).toContain('Patient/dni-1');
    const body = { ...person('x', dni('0801199000001')), id: undefined };
    expect((await service.call(as, 'POST', 'Patient', { body })).status).toBe(409);
  });

  it('lets lines refer to later lines, later files and each other, and rejects what refers to nothing', async () => {
    const diagnosis = { condition: { reference: 'Condition/ring-c' } };
    const early = await fileOf([
      observed('later-1', 'later-o'),
      { ...seenAt('later-1', 'ring-e'), diagnosis: [diagnosis] },
      {
        resourceType: 'Condition',
        id: 'ring-c',
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        code: { text: 'x' },
        subject: { reference: 'Patient/later-1' },
        encounter: { reference: 'Encounter/ring-e' },
      },
      observed('nobody', 'lost-o'),
      // Refers to something that is itself rejected.
      observed('later-1', 'lost-too', { hasMember: [{ reference: 'Observation/lost-o' }] }),
    ]);
    const late = await fileOf([person('later-1')]);
    const report = await run([early, late]);
    expect(await rejectsOf([early, late])).toMatchObject([
      { line: 4, id: 'lost-o' },
      { line: 5, id: 'lost-too' },
    ]);
    expect((await rejectsOf([early])).map(codesOf)).toEqual([['reference-not-found'], ['reference-not-found']]);
    expect(report).toMatchObject({ read: 6, written: 4, rejected: 2 });
    for (const [type, id] of [
      ['Observation', 'later-o'],
      ['Encounter', 'ring-e'],
      ['Condition', 'ring-c'],
    ] as const)
      expect(await stored(type, id)).toMatchObject({ pt: 'later-1' });
    expect(await stored('Observation', 'lost-too')).toBeNull();
    expect(await service.db.collection('import_lines').countDocuments({ state: { $ne: 'rejected' } })).toBe(0);
    // The visit is a relation: the facility may open the record now.
    expect((await service.call('system.uaps1', 'GET', 'Patient/later-1')).status).toBe(200);
    expect((await service.call('system.hosp1', 'GET', 'Patient/later-1')).status).toBe(404);
  });

  it('writes nothing twice when it is run again, and says what has another content', async () => {
    const lines = [person('again-1'), observed('again-1', 'again-o')];
    await run([await fileOf(lines)]);
    const again = await fileOf([...lines, observed('again-1', 'again-o', { code: { text: 'Talla' } })]);
    expect(await run([again])).toMatchObject({ written: 0, present: 2, rejected: 1 });
    expect(await run([again], true)).toMatchObject({ read: 3, written: 0, present: 2, rejected: 1, writtenNow: 0 });
    expect(await service.db.collection('history').countDocuments({ id: 'again-o' })).toBe(1);
  });

  it('reads packed files and standard input, and gives the same ids to lines without one', async () => {
    const { id: _id, ...nameless } = person('x', { name: [{ family: 'Sin id' }] });
    const packed = await fileOf([person('gz-1'), nameless], true);
    expect(await run([packed])).toMatchObject({ written: 2, rejected: 0 });
    expect(await run([packed])).toMatchObject({ written: 0, present: 2 });
    const piped = standardInput(Readable.from([Buffer.from(`${JSON.stringify(person('in-1'))}\n`)]), 'stdin-1');
    expect(await run([piped])).toMatchObject({ written: 1 });
  });

  it('puts what others refer to first', async () => {
    const [observations, people, places] = [
      await fileOf([observed('o-1', 'o-o')]),
      await fileOf([person('o-1')]),
      await fileOf([{ resourceType: 'Organization', id: 'o-org', name: 'O' }]),
    ];
    expect(await inOrder([observations, people, places])).toEqual([places, people, observations]);
  });

  it('leaves one audit record for each batch, of which the trail stays whole', async () => {
    const file = await fileOf(Array.from({ length: 1_200 }, (_, n) => person(`many-${n}`)));
    expect(await run([file])).toMatchObject({ written: 1_200, rejected: 0 });
    const audit = service.db.collection<AuditRecord>('audit');
    const records = await audit.find({ sub: 'import', 'det.file': file.id }).sort({ n: 1 }).toArray();
    expect(records.map(({ det, ent }) => [det?.['lines'], det?.['records'], ent])).toEqual([
      ['1-500', '500', []],
      ['501-1000', '500', []],
      ['1001-1200', '200', []],
    ]);
    expect(records[0]).toMatchObject({ who: 'import', det: { by: 'tester', name: file.name } });
    const shown = await service.call<Bundle>(as, 'GET', `AuditEvent/${records[0]?._id}`);
    expect(shown.body).toMatchObject({ subtype: [{ code: 'import' }] });
    expect((await verifyAudit(service.db)).findings).toEqual([]);
  });
});
