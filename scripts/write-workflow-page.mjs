// docs/reference/referral-workflow.md from the tables of src/referral: tsx scripts/write-workflow-page.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referralOperations } from '../src/referral/operations.ts';
import { workflowPage } from '../src/referral/workflow-page.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'reference');
mkdirSync(folder, { recursive: true });
const built = new Set(referralOperations.map(({ name }) => name));
writeFileSync(join(folder, 'referral-workflow.md'), workflowPage(built));
