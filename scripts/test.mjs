// The test command: type check, lint, the whole suite; its last line is `N passed, N failed`.
// Arguments are handed to vitest (then only vitest runs): npm test -- test/service/search -t chain
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rr-test-'));
const report = join(folder, 'vitest.json');

/** Runs a command to its end; its output is shown as it comes, or (`quiet`) in one piece when it has ended. */
const run = (title, command, commandArgs, { quiet = false } = {}) =>
  new Promise((resolve) => {
    if (!quiet) console.log(`\n> ${title}`);
    const child = spawn(command, commandArgs, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    const pieces = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => pieces.push(piece));
    const end = (status) => {
      if (quiet) process.stdout.write(`\n> ${title}\n${Buffer.concat(pieces).toString('utf8')}`);
      resolve(status === 0);
    };
    child.on('error', () => end(1));
    child.on('close', end);
  });

let passed = 0;
let failed = 0;
const count = (good) => (good ? (passed += 1) : (failed += 1));

if (args.length === 0) {
  const checks = [
    ['types (tsc)', 'typecheck'],
    ['lint and import boundaries (eslint, dependency-cruiser)', 'lint'],
  ];
  const verdicts = await Promise.all(
    checks.map(([title, script]) => run(title, 'npm', ['run', '--silent', script], { quiet: true })),
  );
  verdicts.forEach(count);
}

const good = await run('tests (vitest)', process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...args,
]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  // A file that did not load, or whose hooks failed, has no failed test of its own to be counted.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const lost = result.numFailedTests + broken.length;
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0 && args.length === 0) console.log(`${skipped} tests were skipped: a skipped test counts as failed`);
  failed += lost + (args.length === 0 ? skipped : 0);
  if (lost === 0 && (!good || result.numTotalTests === 0)) failed += 1;
} catch (error) {
  console.log(`vitest left no report: ${error.message}`);
  failed += 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
