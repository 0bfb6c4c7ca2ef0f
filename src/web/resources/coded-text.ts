import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import type { Language } from '../language.js';

/** What naming a code needs; every page has it. */
export interface Terms {
  readonly services: { readonly fhir: { readonly definitions: Pick<Definitions, 'display'> } };
  readonly language: Language;
}

/** A coding in the page's language: what the guide calls it, else its own display, else its code. */
export function codingText({ services, language }: Terms, coding: Coding | undefined): string {
  if (!coding) return '';
  const { system = '', code = '', display } = coding;
  return services.fhir.definitions.display(system, code, language) ?? display ?? code;
}

/** A concept in the page's language: what was written by hand first, else its codings; empty when there is nothing. */
export const conceptText = (terms: Terms, concept: CodeableConcept | undefined): string =>
  concept?.text ?? (concept?.coding ?? []).map((coding) => codingText(terms, coding)).find((text) => text !== '') ?? '';
