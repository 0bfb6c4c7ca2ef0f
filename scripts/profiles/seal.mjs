// What says that profiles/compiled was made from the present sources: compiling takes half a minute and a compiler of its own,
// so the tests compare this instead of compiling again.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tableCodes } from './table-codes.mjs';

export const SEAL = join('profiles', 'compiled.seal.json');

const SOURCES = [
  join('profiles', 'input'),
  join('profiles', 'sushi-config.yaml'),
  join('profiles', 'package-lock.json'),
  join('scripts', 'profiles'),
  join('scripts', 'build-profiles.mjs'),
];
const RESULTS = [join('profiles', 'compiled'), join('docs', 'reference', 'profiles.md')];

const filesOf = (root, path) =>
  statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path))
        .sort()
        .flatMap((name) => filesOf(root, join(path, name)))
    : [path];

/** SHA-256 over names and contents of files, and of a text. */
function digest(root, paths, text = '') {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesOf(root, path))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file.replaceAll('\\', '/')}\n${content.length}\n`).update(content);
  }
  return hash.update(text).digest('hex');
}

/**
 * Digests of what the guide is made from (FSH, compiler, the codes of the service's tables) and of what was made.
 * @param {string} root folder of the repository
 * @returns {{ sources: string, results: string }}
 */
export const sealOf = (root) => ({ sources: digest(root, SOURCES, tableCodes()), results: digest(root, RESULTS) });
