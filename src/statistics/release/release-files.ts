import { createHash } from 'node:crypto';
import { measureRow } from '../measures.js';
import { CLOSING_DAYS } from '../statistics-month.js';
import type { Words } from '../../words.js';
import type { Breakdown, Category, PublishedCounts, TablePlan } from '../table-types.js';
import { csvFile } from './csv.js';
import { COLUMNS, type FileRow, TABLES, tableRows } from './rows.js';

/** A public file of a release. */
export interface ReleaseFile {
  readonly name: string;
  readonly type: 'text/csv' | 'application/json';
  readonly text: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** What the files say about how they were made; nothing in it tells a count that is hidden. */
export interface ReleaseFacts {
  readonly month: string;
  readonly version: number;
  readonly threshold: number;
  /** Version of the program. */
  readonly software: string;
  readonly figures: number;
  readonly hidden: number;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

/** A table with one row a line: small, and readable in a comparison of two versions. */
function tableJson(head: Readonly<Record<string, unknown>>, rows: readonly FileRow[]): string {
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, row[column]]))));
  return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${lines.join(',\n')}\n]}\n`;
}

function file(name: string, type: ReleaseFile['type'], text: string): ReleaseFile {
  const content = Buffer.from(text, 'utf8');
  return { name, type, text, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
}

/** What `release.json` says of a release: everything a reader needs to understand its figures. */
export interface ReleaseDescription extends Omit<ReleaseFacts, 'threshold'> {
  readonly previous?: string;
  readonly title: Words;
  readonly publisher: string;
  readonly licence: string;
  readonly tables: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly dimensions: readonly string[];
  }[];
  readonly columns: readonly string[];
  readonly status: Readonly<Record<'' | 'c', Words>>;
  readonly measures: readonly {
    readonly code: string;
    readonly name: Words;
    readonly numerator: Words;
    readonly denominator: Words;
    readonly rule: Words;
    readonly partOf?: string;
  }[];
  readonly regions: readonly Category[];
  readonly categories: Readonly<Record<Breakdown, readonly Category[]>>;
  readonly method: {
    readonly name: string;
    readonly threshold: number;
    readonly closingDays: number;
    readonly text: Words;
  };
}

function describe(
  plan: TablePlan,
  { month, version, threshold, software, figures, hidden }: ReleaseFacts,
): ReleaseDescription {
  return {
    month,
    version,
    ...(version > 1 ? { previous: `${month}/v${version - 1}` } : {}),
    title: { es: 'Referencias y respuestas del mes', en: 'Referrals and answers of the month' },
    publisher: 'Secretaría de Salud de Honduras',
    licence: 'CC-BY-4.0',
    tables: TABLES.map(({ name, breakdown }) => ({
      name,
      files: [`${name}.csv`, `${name}.json`],
      dimensions: ['geo', 'time', breakdown],
    })),
    columns: COLUMNS,
    status: {
      '': { es: 'Dato publicado', en: 'Published figure' },
      c: {
        es: 'Dato oculto para proteger a las personas; no significa cero',
        en: 'Hidden to protect people; it does not mean zero',
      },
    },
    measures: plan.measures.map((code) => {
      const { es, en, numerator, denominator, rule, partOf } = measureRow(code);
      return { code, name: { es, en }, numerator, denominator, rule, ...(partOf ? { partOf } : {}) };
    }),
    regions: plan.regions,
    categories: plan.breakdowns,
    method: {
      name: 'S',
      threshold,
      closingDays: CLOSING_DAYS,
      text: {
        es: `Se ocultan los conteos de 1 a ${threshold}, también cuando son la diferencia de dos datos, y los demás que permitirían calcularlos. Los ceros se publican, salvo los que dirían algo de cada persona de un grupo.`,
        en: `Counts from 1 to ${threshold} are hidden, also where they are the difference of two figures, and the others from which they could be computed. Zeros are published unless they would say something about everybody in a group.`,
      },
    },
    figures,
    hidden,
    software,
  };
}

/**
 * The public files of a release. The same arguments give the same bytes.
 * @returns tables as CSV and JSON, `release.json`, and last `manifest.json` with the SHA-256 of the others
 */
export function releaseFiles(plan: TablePlan, published: PublishedCounts, facts: ReleaseFacts): ReleaseFile[] {
  const tables = TABLES.flatMap(({ name, breakdown }) => {
    const rows = tableRows(plan, breakdown, facts.month, published);
    const head = { table: name, month: facts.month, version: facts.version };
    return [
      file(`${name}.csv`, 'text/csv', csvFile(COLUMNS, rows)),
      file(`${name}.json`, 'application/json', tableJson(head, rows)),
    ];
  });
  const files = [...tables, file('release.json', 'application/json', json(describe(plan, facts)))];
  const manifest = {
    month: facts.month,
    version: facts.version,
    files: files.map(({ name, bytes, sha256 }) => ({ path: name, bytes, sha256 })),
  };
  return [...files, file('manifest.json', 'application/json', json(manifest))];
}
