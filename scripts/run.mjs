// Runs a compiled entry point, compiling first when a source is newer than the last build:
//   node scripts/run.mjs main | cli ARGS | bench ARGS
// Messages about the build go to stderr, so that `cli token` prints nothing but its token.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entries = { main: 'dist/src/main.js', cli: 'dist/src/cli.js', bench: 'dist/bench/main.js' };
const [name, ...rest] = process.argv.slice(2);
const entry = entries[name];
if (!entry) {
  console.error(`unknown entry point ${name}; one of ${Object.keys(entries).join(', ')}`);
  process.exit(2);
}

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((child) => newest(join(path, child))))
    : statSync(path).mtimeMs;
const stamp = join(root, 'dist', '.built');
const typescript = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const sources = ['src', 'bench', 'tsconfig.json', 'tsconfig.build.json'].map((path) => join(root, path));
const stale = !existsSync(stamp) || sources.some((path) => existsSync(path) && newest(path) > statSync(stamp).mtimeMs);
if (stale && existsSync(typescript)) {
  console.error('compilando / compiling ...');
  const { status } = spawnSync(process.execPath, [typescript, '-p', join(root, 'tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, new Date().toISOString());
}
process.argv = [process.argv[0], join(root, entry), ...rest];
await import(pathToFileURL(join(root, entry)).href);
