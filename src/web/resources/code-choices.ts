import { codeSystemUrl } from '../../config/canonical.js';
import type { Choice } from '../components/select.js';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import type { PageContext } from '../page-context.js';
import { codingText, type Terms } from './coded-text.js';

/** What listing codes needs; every page has it. */
export interface CodeTerms extends Terms {
  readonly services: { readonly fhir: { readonly definitions: Pick<Definitions, 'display' | 'codes'> } };
}

/**
 * Every code of a code system of the guide as choices for `Select` or `Choices`, in the guide's order.
 * @param id of the code system, for example `reject-reason`
 * @throws RangeError when the guide has no such code system
 */
export function codeChoices(page: CodeTerms, id: string): readonly Choice[] {
  const system = codeSystemUrl(id);
  const codes = page.services.fhir.definitions.codes(system);
  if (codes.length === 0) throw new RangeError(`no code system ${id}`);
  return codes.map((code) => ({ value: code, text: codingText(page, { system, code }) }));
}

/** One of those choices as a coding, with its Spanish display; undefined when the code is none of them. */
export function chosenCoding(
  page: Pick<PageContext, 'services'>,
  id: string,
  code: string,
): { readonly system: string; readonly code: string; readonly display: string } | undefined {
  const system = codeSystemUrl(id);
  const display = page.services.fhir.definitions.display(system, code);
  return display === undefined ? undefined : { system, code, display };
}
