import type { Operation } from '../operation.js';
import { documentOperations } from './document.js';
import { expandOperations } from './expand.js';
import { explainOperation } from './explain.js';
import { feedOperation } from './feed.js';
import { lookupOperations } from './lookup.js';
import { metaOperations } from './meta.js';
import { reindexOperations } from './reindex.js';
import { translateOperations } from './translate.js';
import { validateCodeOperations } from './validate-code.js';
import { validateOperations } from './validate.js';

/** Operations of FHIR itself, for all types of the service. */
export const engineOperations = (types: readonly string[]): readonly Operation[] => [
  ...validateOperations(types),
  ...metaOperations(types),
  ...documentOperations,
  ...expandOperations,
  ...lookupOperations,
  ...validateCodeOperations,
  ...translateOperations,
  ...reindexOperations,
  explainOperation,
  feedOperation,
];
