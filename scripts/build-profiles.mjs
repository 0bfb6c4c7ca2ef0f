// Compiles the national guide: FSH in profiles/input, and the codes of the service's tables -> JSON in profiles/compiled,
// docs/reference/profiles.md, and the seal by which the tests know that they are of these sources.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, installCompiler } from './profiles/compile.mjs';
import { referencePage } from './profiles/reference-page.mjs';
import { SEAL, sealOf } from './profiles/seal.mjs';
import { tableCodes } from './profiles/table-codes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'profiles', 'compiled');
const reference = join(root, 'docs', 'reference');

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
writeFileSync(join(root, SEAL), `${JSON.stringify(sealOf(root), null, 2)}\n`);
console.error(`${definitions.length} definiciones en / definitions in ${compiled}`);
