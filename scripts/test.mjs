// The test command: type check and lint beside the whole suite; its last line is `N passed, N failed`.
// Arguments are handed to vitest (then only vitest runs): npm test -- test/service/search -t chain
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rr-test-'));
const report = join(folder, 'vitest.json');

/** Runs a command to its end. Its output is shown as it comes or, when it is held, handed back in one piece. */
const run = (command, commandArgs, { held = false } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, commandArgs, { stdio: held ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    const pieces = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => pieces.push(piece));
    const end = (status) => resolve({ good: status === 0, output: Buffer.concat(pieces).toString('utf8') });
    child.on('error', () => end(1));
    child.on('close', end);
  });

const CHECKS = [
  ['types and rules (oxlint)', 'lint'],
  ['import boundaries (dependency-cruiser)', 'layers'],
];

/** One after the other, beside the tests: these wait for disk, network and browser often enough to leave room. */
async function check() {
  const verdicts = [];
  for (const [title, script] of CHECKS)
    verdicts.push({ title, ...(await run('npm', ['run', '--silent', script], { held: true })) });
  return verdicts;
}

let passed = 0;
let failed = 0;

const checking = args.length === 0 ? check() : Promise.resolve([]);
console.log('\n> tests (vitest)');
const { good } = await run(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...args,
]);
for (const { title, good: sound, output } of await checking) {
  process.stdout.write(`\n> ${title}: ${sound ? 'good' : 'failed'}\n${output}`);
  if (sound) passed += 1;
  else failed += 1;
}
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
