// docs/reference/configuration.md from the table of variables: npm run docs:config
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../src/config/configuration-page.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'configuration.md'), configurationPage());
