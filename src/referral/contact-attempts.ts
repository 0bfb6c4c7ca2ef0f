import type { Extension, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';

const URL = extensionUrl('contact-attempt');

/** Attempts to reach the patient that are on record for a leg, oldest first. */
export const contactAttempts = ({ extension }: Pick<Task, 'extension'>): readonly Extension[] =>
  (extension ?? []).filter(({ url }) => url === URL);
