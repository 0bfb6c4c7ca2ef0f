// Runs SUSHI, which has its own folder and lockfile (profiles/), apart from the service.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorePackage } from './core-package.mjs';

// A closed port, and npm offline: SUSHI then uses the package made here, looks for no newer version of itself and
// takes nothing from the network, so every machine compiles the same.
const NO_REGISTRY = 'http://127.0.0.1:9';
const SHOWN_LINES = 60;
// Long English texts that every snapshot copies from R4; the service and the guide do not use them.
const COPIED_TEXTS = ['comment', 'requirements', 'alias', 'mapping', 'example', 'meaningWhenMissing', 'orderMeaning'];

/**
 * Installs SUSHI from the lockfile when profiles/node_modules is absent.
 * @param {string} folder the folder profiles/
 * @throws {Error} when npm fails
 */
export function installCompiler(folder) {
  if (existsSync(join(folder, 'node_modules', 'fsh-sushi', 'package.json'))) return;
  console.error('instalando el compilador de perfiles / installing the profile compiler (npm ci) ...');
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`npm ci failed in ${folder}: ${error?.message ?? `exit ${status}`}`);
}

/**
 * Compiles the FSH sources of a folder.
 * @param {string} folder the folder profiles/ with sushi-config.yaml and input/fsh
 * @param {string} more FSH that is made from the service's tables
 * @returns {object[]} the definitions, by file name, without texts copied from R4 and without dates
 * @throws {Error} when SUSHI reports an error
 */
export function compile(folder, more) {
  const work = mkdtempSync(join(tmpdir(), 'rr-profiles-'));
  try {
    const project = join(work, 'project');
    mkdirSync(project);
    for (const part of ['sushi-config.yaml', 'input']) {
      cpSync(join(folder, part), join(project, part), { recursive: true });
    }
    writeFileSync(join(project, 'input', 'fsh', 'tables.fsh'), more);
    writeCorePackage(work);
    const sushi = createRequire(join(folder, 'package.json')).resolve('fsh-sushi/dist/app.js');
    const run = spawnSync(process.execPath, [sushi, 'build', '--snapshot', project], {
      env: {
        PATH: process.env.PATH,
        HOME: work,
        USERPROFILE: work,
        FPL_REGISTRY: NO_REGISTRY,
        npm_config_offline: 'true',
        npm_config_update_notifier: 'false',
      },
      encoding: 'utf8',
    });
    const log = `${run.stdout}${run.stderr}`.replaceAll('\u001b', '');
    if (run.status !== 0 || !/\b0 Errors/.test(log)) {
      const findings = log.split('\n').filter(isFinding).slice(0, SHOWN_LINES);
      throw new Error(`SUSHI reports errors:\n${findings.join('\n') || log}`);
    }
    const out = join(project, 'fsh-generated', 'resources');
    return readdirSync(out)
      .sort()
      .map((file) => tidy(JSON.parse(readFileSync(join(out, file), 'utf8'))));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const isFinding = (line) => /^\S*(error|warn|\s+(File|Line):)/.test(line);

function tidy({ date: _date, mapping: _mapping, ...definition }) {
  for (const element of definition.snapshot?.element ?? []) {
    for (const text of COPIED_TEXTS) delete element[text];
    for (const constraint of element.constraint ?? []) delete constraint.xpath;
  }
  return definition;
}
