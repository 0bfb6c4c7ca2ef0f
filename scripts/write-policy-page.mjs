// docs/reference/access-policy.md from the policy table: npm run docs:policy
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyPage } from '../src/access/policy/policy-page.ts';
import { serviceOperations } from '../src/context.ts';
import { loadDefinitions } from '../src/fhir/definitions/load-definitions.ts';
import { servedInteractions } from '../src/fhir/served-interactions.ts';

const definitions = loadDefinitions();
const operations = serviceOperations(definitions.resourceTypes);
const folder = join(import.meta.dirname, '..', 'docs', 'reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'access-policy.md'), policyPage(servedInteractions({ definitions, operations })));
