import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';

export interface ValidateOptions {
  /** Profiles to check besides those in `meta.profile` and those the server demands. */
  readonly profiles?: readonly string[];
}

/** Checks a resource against R4, the guide and our own safety rules (design.md 3.5). Never throws for bad data. */
export interface Validator {
  /** All findings, errors and warnings; an empty list means valid. */
  validate(resource: Resource, options?: ValidateOptions): readonly Finding[];
}
