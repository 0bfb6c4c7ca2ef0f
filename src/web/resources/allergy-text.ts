import type { AllergyIntolerance } from '@medplum/fhirtypes';
import type { PageContext } from '../page-context.js';
import { PERSON } from '../texts/person.js';
import { conceptText } from './coded-text.js';

/** What a person is allergic to, and in brackets how grave it is and what it does. */
export function allergyText(page: PageContext, { code, criticality, reaction = [] }: AllergyIntolerance): string {
  const effects = reaction.flatMap(({ manifestation }) => manifestation.map((one) => conceptText(page, one)));
  const more = [...(criticality === 'high' ? [page.say(PERSON.grave)] : []), ...effects].filter((text) => text !== '');
  return more.length === 0 ? conceptText(page, code) : `${conceptText(page, code)} (${more.join(', ')})`;
}
