import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PublishedRelease, PublishedRow } from './published-table.js';

const Manifest = z.object({ files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })) });
const Release = z.object({
  month: z.string(),
  version: z.number(),
  method: z.object({ threshold: z.number() }),
  measures: z.array(z.object({ code: z.string(), partOf: z.string().optional() })),
});
const Row = z.object({
  geo: z.string(),
  sex: z.string(),
  age: z.string(),
  specialty: z.string(),
  measure: z.string(),
  value: z.number().int().nullable(),
});
const Table = z.object({ rows: z.array(Row) });

/** Published files that are not what their manifest says, or cannot be read. */
export class UnreadableRelease extends Error {
  override readonly name = 'UnreadableRelease';
}

/** Rows of a CSV of codes and numbers, by the names of its first line. */
function csvRows(text: string): PublishedRow[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = header.split(',');
  return lines.filter(Boolean).map((line) => {
    const fields = line.split(',');
    const cell = Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
    return Row.parse({ ...cell, value: cell['value'] === '' ? null : Number(cell['value']) });
  });
}

async function readVersion(folder: string): Promise<PublishedRelease> {
  const { files } = Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  const rows: PublishedRow[] = [];
  let head: z.infer<typeof Release> | undefined;
  for (const { path, bytes, sha256 } of files) {
    const name = path.split('/').at(-1) ?? path;
    const content = await readFile(join(folder, name));
    if (content.byteLength !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
      throw new UnreadableRelease(`${join(folder, name)}: not what manifest.json says`);
    const text = content.toString('utf8');
    if (name === 'release.json') head = Release.parse(JSON.parse(text));
    else if (name.endsWith('.csv')) rows.push(...csvRows(text));
    else if (name.endsWith('.json')) rows.push(...Table.parse(JSON.parse(text)).rows);
  }
  if (!head) throw new UnreadableRelease(`${folder}: release.json is not in the manifest`);
  const partOf = Object.fromEntries(
    head.measures.flatMap(({ code, partOf: whole }) => (whole === undefined ? [] : [[code, whole]])),
  );
  return { month: head.month, version: head.version, threshold: head.method.threshold, partOf, rows };
}

/**
 * Reads every release below a folder: one version, the versions of a month, or all months.
 * CSV and JSON are both read, so that a count that stands in only one of them is found.
 * @throws UnreadableRelease, ZodError or a file error when files are missing or altered
 */
export async function readReleases(folder: string): Promise<PublishedRelease[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'manifest.json')) return [await readVersion(folder)];
  const found: PublishedRelease[] = [];
  for (const name of entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort())
    found.push(...(await readReleases(join(folder, name))));
  return found;
}
