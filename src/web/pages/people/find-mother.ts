import { plainDni } from '../../../record/dni.js';
import type { PageContext } from '../../page-context.js';
import type { Problem } from '../../problems.js';
import { nameOrUnknown } from '../../resources/person.js';
import { REGISTER } from '../../texts/people-register.js';
import { findByDni } from './find-people.js';
import { identityOf, identityRow } from './identity-choices.js';
import type { KnownMother } from './registered-name.js';

/**
 * The mother that a form of registration names, for kinds of identity that hang on her.
 * @returns nothing for other kinds; a problem when her DNI finds nobody, or somebody never seen here: a child's record may
 * not refer to a record that its writer may not see
 */
export async function findMother(
  page: PageContext,
): Promise<{ readonly mother?: KnownMother; readonly problem?: Problem }> {
  const { form, say } = page;
  if (!identityRow(identityOf(form)).needs.includes('mother')) return {};
  const dni = plainDni(form.get('madre-dni'));
  const written = form.get('madre-nombre');
  if (dni === '') return written === '' ? {} : { mother: { name: written, family: '' } };
  const [found] = /^\d{13}$/.test(dni) ? await findByDni(page, dni) : [];
  if (!found) return { problem: { text: say(REGISTER.motherUnknown), field: 'madre-dni' } };
  if (!found.related) return { problem: { text: say(REGISTER.motherStranger), field: 'madre-dni' } };
  const { patient } = found;
  const family = patient.name?.[0]?.family ?? '';
  return { mother: { id: patient.id, name: nameOrUnknown(patient, say), family } };
}
