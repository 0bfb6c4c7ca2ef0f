// Compiles the national guide: FSH in profiles/input, and the codes of the service's tables -> JSON in profiles/compiled and
// docs/reference/profiles.md.
//   tsx scripts/build-profiles.mjs [--out FOLDER]   (FOLDER instead of the repository, for comparing)
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, installCompiler } from './profiles/compile.mjs';
import { referencePage } from './profiles/reference-page.mjs';
import { tableCodes } from './profiles/table-codes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { out: { type: 'string', default: root } } });
const compiled = join(resolve(values.out), 'profiles', 'compiled');
const reference = join(resolve(values.out), 'docs', 'reference');

const source = join(root, 'profiles');
installCompiler(source);
const definitions = compile(source, tableCodes());

rmSync(compiled, { recursive: true, force: true });
mkdirSync(compiled, { recursive: true });
for (const definition of definitions) {
  const file = join(compiled, `${definition.resourceType}-${definition.id}.json`);
  writeFileSync(file, `${JSON.stringify(definition, null, 2)}\n`);
}
mkdirSync(reference, { recursive: true });
writeFileSync(join(reference, 'profiles.md'), referencePage(definitions));
console.error(`${definitions.length} definiciones en / definitions in ${compiled}`);
