import type { VNode } from 'preact';
import { dateIn } from '../../../config/honduras-time.js';
import { DateParts, type TypedDate } from '../../components/date-parts.js';
import { TextField } from '../../components/text-field.js';
import type { FormFields } from '../../form-fields.js';
import { type Say, useSay } from '../../language.js';
import type { Problem } from '../../problems.js';
import { FOLLOW } from '../../texts/patient-follow.js';
import { BIRTH, readTypedDate, typedDate } from '../people/typed-date.js';

/** What was typed from a printed sheet. */
export interface TypedSheet {
  readonly code: string;
  readonly birth: TypedDate;
  readonly pin: string;
}

const NO_DATE: TypedDate = { day: '', month: '', year: '' };

/** The fields as typed, cut to what they can hold. */
export const typedSheet = (form: FormFields): TypedSheet => ({
  code: form.get('codigo').slice(0, 40),
  birth: typedDate(form, BIRTH),
  pin: form.get('pin').replace(/\s/g, '').slice(0, 12),
});

/** Whole birth date of the sheet as FHIR date; undefined when there is none: then the PIN counts. */
export function sheetBirthDate({ birth }: TypedSheet): string | undefined {
  const read = readTypedDate(birth, dateIn(new Date()));
  return read.kind === 'date' && read.date.length === 10 ? read.date : undefined;
}

/** What can be told to be missing without asking anybody. */
export function sheetProblems(sheet: TypedSheet, say: Say): readonly Problem[] {
  const noCode = sheet.code.replace(/[^\p{L}\p{N}]/gu, '') === '';
  const noProof = sheet.pin === '' && sheetBirthDate(sheet) === undefined;
  return [
    ...(noCode ? [{ text: say(FOLLOW.codeMissing), field: 'codigo' }] : []),
    ...(noProof ? [{ text: say(FOLLOW.dateMissing), field: BIRTH }] : []),
  ];
}

/** Code, birth date, and the PIN for the few sheets that have one. */
export function SheetFields({
  sheet,
  problems,
}: {
  readonly sheet: Partial<TypedSheet>;
  readonly problems: readonly Problem[];
}): VNode {
  const say = useSay();
  const errorOf = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.text;
  const { code = '', birth = NO_DATE, pin = '' } = sheet;
  return (
    <>
      <TextField
        name="codigo"
        label={FOLLOW.code}
        hint={FOLLOW.codeHint}
        value={code}
        width="medium"
        error={errorOf('codigo')}
      />
      <DateParts
        name={BIRTH}
        label={FOLLOW.birthDate}
        hint={FOLLOW.birthDateHint}
        error={errorOf(BIRTH)}
        typed={birth}
      />
      <details open={pin !== ''}>
        <summary>{say(FOLLOW.pinMore)}</summary>
        <TextField name="pin" label={FOLLOW.pin} hint={FOLLOW.pinHint} value={pin} inputMode="numeric" width="short" />
      </details>
    </>
  );
}
