import { dateIn } from '../../../config/honduras-time.js';
import { dniDoubt, plainDni } from '../../../record/dni.js';
import type { FormFields } from '../../form-fields.js';
import type { Say } from '../../language.js';
import type { Problem } from '../../problems.js';
import type { Words } from '../../../words.js';
import { REGISTER } from '../../texts/people-register.js';
import { identityOf, identityRow } from './identity-choices.js';
import { BIRTH, readTypedAge, readTypedDate, typedDate } from './typed-date.js';

/** Field of a checkbox that says `si` when it is chosen. */
export const isChosen = (form: FormFields, name: string): boolean => form.get(name) === 'si';

function dniProblem(form: FormFields, say: Say, today: string): string | undefined {
  const dni = plainDni(form.get('dni'));
  if (dni === '') return say(REGISTER.dniMissing);
  switch (dniDoubt(dni, Number(today.slice(0, 4)))) {
    case 'length':
      return say(REGISTER.dniLength, { n: dni.replace(/\D/g, '').length });
    case 'department':
      return isChosen(form, 'dni-revisado') ? undefined : say(REGISTER.dniDepartment, { n: dni.slice(0, 2) });
    case 'year':
      return isChosen(form, 'dni-revisado') ? undefined : say(REGISTER.dniYear, { n: dni.slice(4, 8) });
    case undefined:
      return undefined;
  }
}

function birthProblem(form: FormFields, say: Say, today: string, needed: boolean): Problem | undefined {
  const reading = readTypedDate(typedDate(form, BIRTH), today);
  if (reading.kind === 'wrong') return { text: say(REGISTER.bornWrong), field: BIRTH };
  if (reading.kind === 'future') return { text: say(REGISTER.bornFuture), field: BIRTH };
  if (reading.kind === 'old') return { text: say(REGISTER.bornOld), field: BIRTH };
  const age = form.get('edad');
  if (age !== '' && readTypedAge(age) === undefined) return { text: say(REGISTER.ageWrong), field: 'edad' };
  const told = reading.kind === 'date' || age !== '' || isChosen(form, 'sin-nacimiento');
  return needed && !told ? { text: say(REGISTER.bornMissing), field: BIRTH } : undefined;
}

/** Anything that stands for a number that can be called. */
const isPhone = (text: string): boolean => /^[+\d][\d\s().-]{6,24}$/.test(text);

/**
 * What is wrong with a registration, field by field in the order of the form, each in words that say how to mend it.
 * Only what the kind of identity cannot do without is asked for.
 */
export function registerProblems(form: FormFields, say: Say, at = new Date()): readonly Problem[] {
  const kind = identityOf(form);
  const today = dateIn(at);
  const needs: ReadonlySet<string> = new Set(identityRow(kind).needs);
  const problems: Problem[] = [];
  const check = (wrong: boolean, field: string, words: Words): void => {
    if (wrong) problems.push({ text: say(words), field });
  };
  const dni = needs.has('dni') ? dniProblem(form, say, today) : undefined;
  if (dni !== undefined) problems.push({ text: dni, field: 'dni' });
  check(kind !== 'dni' && form.get('dni') !== '', 'dni', REGISTER.dniAndNone);
  check(needs.has('pasaporte') && form.get('pasaporte') === '', 'pasaporte', REGISTER.passportMissing);
  check(
    needs.has('mother') && form.get('madre-dni') === '' && form.get('madre-nombre') === '',
    'madre-dni',
    REGISTER.motherMissing,
  );
  check(needs.has('mother') && !/^([1-9])?$/.test(form.get('gemelar')), 'gemelar', REGISTER.twinWrong);
  check(needs.has('name') && form.get('nombres') === '', 'nombres', REGISTER.givenMissing);
  check(needs.has('name') && form.get('apellido1') === '', 'apellido1', REGISTER.surnameMissing);
  const birth = birthProblem(form, say, today, needs.has('birth'));
  if (birth) problems.push(birth);
  check(!['female', 'male', 'other', 'unknown'].includes(form.get('sexo')), 'sexo', REGISTER.sexMissing);
  check(form.get('telefono') !== '' && !isPhone(form.get('telefono')), 'telefono', REGISTER.phoneWrong);
  check(/[|,\\$]/.test(form.get('expediente')), 'expediente', REGISTER.fileMarks);
  return problems;
}
