import type { BenchRow } from '../measure/measurement.js';
import { type BenchResult, sizeOf, type StoredResult } from '../result-file.js';
import { targetOf, targets } from '../targets.js';
import { besideRow, cellText, countText } from './cells.js';
import { diskSections } from './disk-sections.js';
import { FIGURE_HEAD, figureRows } from './figures.js';
import { flatness } from './flatness.js';
import { table } from './markdown.js';

const HEAD = ['scenario', 'callers', 'ours', 'bare', 'raw', 'ours / bare (aim)', 'best peer', 'aim'];

const labelOf = (suite: string, { scenario }: BenchRow): string => {
  const target = targetOf(suite, scenario);
  return target && target.label !== scenario ? `${scenario}: ${target.label}` : scenario;
};

function tableRow(suite: string, row: BenchRow): string[] {
  const { peer, aim, ratio } = besideRow(suite, row);
  const cells = [row.ours, row.bare, row.raw].map(cellText);
  return [labelOf(suite, row), String(row.users), ...cells, ratio, peer, aim];
}

/** What went wrong, in words, once for each scenario. */
const remarks = ({ rows }: BenchResult): string[] => [
  ...new Set(
    rows.flatMap(({ scenario, ours, bare, raw, note }) => [
      ...Object.entries({ ours, bare, raw }).flatMap(([column, cell]) =>
        cell?.error === undefined ? [] : [`- \`${scenario}\`, ${column}: ${cell.error}`],
      ),
      ...(note === undefined ? [] : [`- \`${scenario}\`: ${note}`]),
    ]),
  ),
];

function circumstances({ file, result }: StoredResult): string {
  const { suite, commit, machine, at, options, resources } = result;
  const facts = [
    `commit ${commit}`,
    ...(at === undefined ? [] : [at.slice(0, 10)]),
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB`,
    `Node ${machine.node}`,
    `MongoDB ${machine.mongod}`,
    ...(resources === undefined ? [] : [`${countText(resources)} resources`]),
    ...(options && suite !== 'load' ? [`${options.seconds} s a cell, warm-up ${options.warmUpSeconds} s`] : []),
    ...(options ? [`WiredTiger cache ${options.cacheGb} GB`] : []),
  ];
  return `${facts.join(', ')}; [raw result](../../bench/results/${file}).`;
}

function section(stored: StoredResult): string[] {
  const { result } = stored;
  const notes = remarks(result);
  const figures = figureRows(result);
  return [
    `## ${countText(sizeOf(result))} patients, data shape \`${result.shape ?? 'seed'}\``,
    '',
    circumstances(stored),
    '',
    ...table(
      HEAD,
      result.rows.map((row) => tableRow(result.suite, row)),
    ),
    '',
    ...(notes.length > 0 ? [...notes, ''] : []),
    ...(figures.length > 0 ? [...table(FIGURE_HEAD, figures), ''] : []),
    ...diskSections(result),
  ];
}

/**
 * Page of one suite, made of its result files: a section for each size and data shape, smallest first.
 * Without results it says how to get some.
 */
export function suitePage(suite: string, title: string, results: readonly StoredResult[]): string {
  const own = results
    .filter(({ result }) => result.suite === suite)
    .sort(
      (a, b) =>
        (a.result.shape ?? 'seed').localeCompare(b.result.shape ?? 'seed') || sizeOf(a.result) - sizeOf(b.result),
    );
  const body =
    own.length === 0
      ? [`No results yet: \`npm run bench -- ${suite}\`, then \`npm run bench -- report\`.`, '']
      : [...flatness(own), ...own.flatMap(section)];
  return [
    `# ${title}`,
    '',
    '`npm run bench -- report` writes this page from `bench/results/`; do not edit it. What the columns are: [README](README.md).',
    'Successes a second · p50 / p95 / p99 in ms. ✓ and ✗: the aim is reached or not.',
    '',
    `Peers and aims: ${targets.source}`,
    '',
    ...body,
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
