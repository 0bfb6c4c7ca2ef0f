import type { FhirContext } from '../../../fhir/fhir-context.js';
import type { Language, Say } from '../../language.js';

/** What the sheet needs of what is around it: language, names of codes, addresses. A page has it, and so has the operation. */
export interface SheetTerms {
  readonly language: Language;
  readonly say: Say;
  readonly services: {
    readonly fhir: Pick<FhirContext, 'definitions' | 'paperSecret'>;
    /** PUBLIC_URL, without a slash at the end. */
    readonly publicUrl: string;
  };
}
