import type { Operation } from '../fhir/operation.js';
import { activationCode } from './operations/activation-code.js';
import { encounterEverything } from './operations/encounter-everything.js';
import { everything } from './operations/everything.js';
import { existingStudies } from './operations/existing-studies.js';
import { match } from './operations/match.js';
import { timeline } from './operations/timeline.js';

/** Operations of the expediente. */
export const recordOperations: readonly Operation[] = [
  activationCode,
  encounterEverything,
  everything,
  existingStudies,
  match,
  timeline,
];
