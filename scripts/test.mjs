// The test command: type check, lint, the whole suite; its last line is `N passed, N failed`.
// Arguments are handed to jest (then only jest runs): npm test -- --testPathPatterns search
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rr-test-'));
const report = join(folder, 'jest.json');
const run = (title, command, commandArgs) => {
  console.log(`\n> ${title}`);
  const { status } = spawnSync(command, commandArgs, { stdio: 'inherit' });
  return status === 0 ? 0 : 1;
};

let passed = 0;
let failed = 0;
if (args.length === 0) {
  for (const [title, script] of [
    ['types (tsc)', 'typecheck'],
    ['lint and import boundaries (eslint, dependency-cruiser)', 'lint'],
  ]) {
    const broken = run(title, 'npm', ['run', '--silent', script]);
    failed += broken;
    passed += 1 - broken;
  }
}
const jestStatus = run('tests (jest)', process.execPath, [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${report}`,
  ...args,
]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  const lost = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0 && args.length === 0) console.log(`${skipped} tests were skipped: a skipped test counts as failed`);
  failed += lost + (args.length === 0 ? skipped : 0);
  if (lost === 0 && (jestStatus !== 0 || result.numTotalTests === 0)) failed += 1;
} catch (error) {
  console.log(`jest left no report: ${error.message}`);
  failed += 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
