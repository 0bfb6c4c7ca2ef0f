// The pages of docs/reference that are derived from tables in the source: npm run docs
// (profiles.md comes with the guide: npm run profiles). Tests compare every page with its table.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { policyPage } from '../src/access/policy/policy-page.ts';
import { configurationPage } from '../src/config/configuration-page.ts';
import { serviceOperations } from '../src/context.ts';
import { loadDefinitions } from '../src/fhir/definitions/load-definitions.ts';
import { servedInteractions } from '../src/fhir/served-interactions.ts';
import { deadlinesPage } from '../src/referral/deadlines/deadlines-page.ts';
import { hc10Page } from '../src/referral/hc10/hc10-page.ts';
import { referralOperations } from '../src/referral/operations.ts';
import { workflowDot } from '../src/referral/workflow-diagram.ts';
import { workflowPage } from '../src/referral/workflow-page.ts';
import { statisticsPage } from '../src/statistics/reference-page.ts';

const definitions = loadDefinitions();
const operations = serviceOperations(definitions.resourceTypes);
const pages = {
  'access-policy.md': policyPage(servedInteractions({ definitions, operations })),
  'configuration.md': configurationPage(),
  'deadlines.md': deadlinesPage(),
  'hc10-mapping.md': hc10Page(),
  'statistics.md': statisticsPage(),
  'referral-workflow.svg': (await instance()).renderString(workflowDot(), { format: 'svg' }),
  'referral-workflow.md': workflowPage(new Set(referralOperations.map(({ name }) => name))),
};

const folder = join(import.meta.dirname, '..', 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
