import type { Operation } from '../fhir/operation.js';
import { activationCode } from './operations/activation-code.js';
import { encounterEverythingOperations } from './operations/encounter-everything.js';
import { everythingOperations } from './operations/everything.js';
import { existingStudies } from './operations/existing-studies.js';
import { match } from './operations/match.js';
import { preventionDue } from './operations/prevention-due.js';
import { timelineOperations } from './operations/timeline.js';

/** Operations of the expediente. */
export const recordOperations: readonly Operation[] = [
  activationCode,
  ...encounterEverythingOperations,
  ...everythingOperations,
  existingStudies,
  match,
  preventionDue,
  ...timelineOperations,
];
