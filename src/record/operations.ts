import type { Operation } from '../fhir/operation.js';
import { everything } from './operations/everything.js';
import { timeline } from './operations/timeline.js';

/** Operations of the expediente. */
export const recordOperations: readonly Operation[] = [everything, timeline];
