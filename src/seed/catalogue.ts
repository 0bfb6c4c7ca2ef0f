import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../config/paths.js';
import { laboratoryTests } from '../record/catalogue/studies.js';
import { CATALOGUE_FILES } from './catalogue-schema.js';

type Files = typeof CATALOGUE_FILES;

function readCatalogueFile<Name extends keyof Files>(name: Name): z.infer<Files[Name]> {
  const text = readFileSync(join(packageRoot, 'seed', `${name}.json`), 'utf8');
  return CATALOGUE_FILES[name].parse(JSON.parse(text)) as z.infer<Files[Name]>;
}

const { facilities, schedules } = readCatalogueFile('facilities');

/**
 * The catalogues of the folder `seed`, checked against their shapes when the module is loaded
 * (ZodError when a file is wrong). Read-only.
 */
export const catalogue = {
  regions: readCatalogueFile('regions'),
  municipalities: readCatalogueFile('municipalities'),
  networks: readCatalogueFile('networks'),
  facilities,
  schedules,
  specialties: readCatalogueFile('specialties'),
  diagnoses: readCatalogueFile('cie10'),
  laboratory: laboratoryTests,
  vaccines: readCatalogueFile('vaccines'),
  medications: readCatalogueFile('medications'),
  allergens: readCatalogueFile('allergens'),
  population: readCatalogueFile('population'),
  names: readCatalogueFile('names'),
  places: readCatalogueFile('places'),
} as const;
