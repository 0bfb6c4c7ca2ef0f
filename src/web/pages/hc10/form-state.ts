import type { FormFields } from '../../form-fields.js';
import type { Problem } from '../../problems.js';
import type { Diagnosis } from '../../../record/catalogue/diagnoses.js';
import type { Destinations } from './destinations.js';
import type { ExistingStudy } from './existing-studies.js';
import type { ServiceAdvice } from './load-service.js';
import type { RecordForForm } from './record-for-form.js';

/** All that the form shows. */
export interface FormState {
  readonly record: RecordForForm;
  readonly destinations: Destinations;
  /** What is filled in: what was posted, or what the form fills by itself. */
  readonly filled: FormFields;
  readonly problems: readonly Problem[];
  /** Studies asked for that exist already. */
  readonly existing: readonly ExistingStudy[];
  /** What the search for a code found; undefined when nobody searched. */
  readonly codes?: readonly Diagnosis[];
  /** What the directory says of the destination; undefined when nobody asked, `incomplete` while it is not chosen. */
  readonly service?: ServiceAdvice | 'incomplete';
}
