import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { FormFields } from '../../form-fields.js';
import type { Say } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import type { Problem } from '../../problems.js';
import { studies, type Study, studyOf } from '../../../record/catalogue/studies.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { plainUnits } from '../../resources/plain-units.js';
import { HC10 } from '../../texts/hc10.js';
import { typedText } from './read-hc10.js';

/** A result that answers a study. */
export interface FoundResult {
  readonly study: string;
  readonly reference: string;
  readonly date: string;
  readonly place: string;
  readonly result: string;
}

/** A study asked for, and the results that make it unnecessary. */
export interface ExistingStudy {
  readonly asked: Study;
  readonly found: readonly FoundResult[];
}

/** Names of the fields of one study's decision. */
export const decisionField = ({ key }: Study): string => `estudio-${key}`;
export const reasonField = ({ key }: Study): string => `estudio-${key}-porque`;

/** Names of the checkboxes, one a kind so that each has its own heading. */
export const STUDY_FIELDS = { laboratory: 'estudios', imaging: 'estudios-imagen' } as const;

/** Studies marked on the form, in the order of the catalogue. */
export const askedStudies = (form: FormFields): readonly Study[] => {
  const marked = new Set(Object.values(STUDY_FIELDS).flatMap((field) => form.all(field)));
  return studies.filter(({ code }) => marked.has(code));
};

function foundResult({ part = [] }: ParametersParameter): FoundResult {
  const of = (name: string): ParametersParameter | undefined => part.find((one) => one.name === name);
  return {
    study: of('found')?.valueCoding?.display ?? '',
    reference: of('reference')?.valueReference?.reference ?? '',
    date: of('date')?.valueDateTime ?? '',
    place: of('place')?.valueString ?? '',
    result: plainUnits(of('result')?.valueString ?? ''),
  };
}

/** Asks the record whether studies exist already (`$existing-studies`). @param patient Patient id */
export async function loadExisting(
  page: Pick<PageContext, 'fhir'>,
  patient: string,
  asked: readonly Study[],
): Promise<readonly ExistingStudy[]> {
  if (asked.length === 0) return [];
  const codes = asked.map(({ code }) => code).join(',');
  const { resource } = await page.fhir<Parameters>('GET', `Patient/${patient}/$existing-studies?code=${codes}`);
  const rows = parametersOf(resource, 'study');
  const codeOf = ({ part = [] }: ParametersParameter): string =>
    part.find(({ name }) => name === 'asked')?.valueCoding?.code ?? '';
  return [...new Set(rows.map(codeOf))].flatMap((code) => {
    const study = studyOf(code);
    return study ? [{ asked: study, found: rows.filter((row) => codeOf(row) === code).map(foundResult) }] : [];
  });
}

/** What was decided about the studies: which results go along, which studies are asked for, and what is still to decide. */
export interface StudyDecisions {
  readonly attached: readonly string[];
  readonly ordered: readonly { readonly study: Study; readonly reason?: string }[];
  readonly problems: readonly Problem[];
  /** The person sees these studies for the first time: something to decide, no mistake. */
  readonly pending: boolean;
}

/** Marks a form that has asked what to do about existing studies. */
export const ASKED_FIELD = 'decidir';

/** Reads the decisions of a posted form about the studies that exist already. */
export function decideStudies(
  form: FormFields,
  asked: readonly Study[],
  existing: readonly ExistingStudy[],
  say: Say,
): StudyDecisions {
  const attached: string[] = [];
  const ordered: { study: Study; reason?: string }[] = [];
  const problems: Problem[] = [];
  let pending = false;
  for (const study of asked) {
    const known = existing.find((one) => one.asked === study);
    const decision = form.get(decisionField(study));
    const reason = typedText(form, reasonField(study));
    if (!known) ordered.push({ study });
    else if (decision === 'usar') attached.push(...known.found.map(({ reference }) => reference));
    else if (decision !== 'pedir' && !form.all(ASKED_FIELD).includes(study.key)) pending = true;
    else if (decision !== 'pedir')
      problems.push({ text: say(HC10.decide, { study: study.display }), field: decisionField(study) });
    else if (reason === '')
      problems.push({ text: say(HC10.whyAgain, { study: study.display }), field: reasonField(study) });
    else ordered.push({ study, reason });
  }
  return { attached, ordered, problems, pending };
}
