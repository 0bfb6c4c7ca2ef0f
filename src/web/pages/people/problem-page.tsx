import type { Condition, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { dateIn } from '../../../config/honduras-time.js';
import { DIAGNOSES, diagnosisText, writtenDiagnosis } from '../../../record/catalogue/diagnoses.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { DateParts } from '../../components/date-parts.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { declaring } from '../../resources/known-profile.js';
import { nameOrUnknown } from '../../resources/person.js';
import { NOTES } from '../../texts/people-notes.js';
import { REGISTER } from '../../texts/people-register.js';
import { CLINICIANS } from './audiences.js';
import { patientIdOf } from './record-data.js';
import { readTypedDate, typedDate } from './typed-date.js';

const PATH = '/pacientes/:id/problema';
const ONSET = 'inicio';
const CERTAINTIES = [
  { value: 'confirmed', label: NOTES.confirmed },
  { value: 'provisional', label: NOTES.provisional },
] as const;

function Body({ page, problems }: { readonly page: PageContext; readonly problems: readonly Problem[] }): VNode {
  const { form, say } = page;
  const errorOf = (field: string): string | undefined => problems.find((one) => one.field === field)?.text;
  return (
    <Form action={page.path}>
      <TextField
        name="problema"
        label={NOTES.problem}
        hint={NOTES.problemHint}
        value={form.get('problema')}
        error={errorOf('problema')}
        maxLength={200}
        suggestions={DIAGNOSES.map(diagnosisText)}
      />
      <DateParts
        name={ONSET}
        label={NOTES.onset}
        hint={NOTES.onsetHint}
        typed={typedDate(form, ONSET)}
        error={errorOf(ONSET)}
        optional
      />
      <Choices
        name="certeza"
        label={NOTES.certainty}
        error={errorOf('certeza')}
        choices={CERTAINTIES.map(({ value, label }) => ({ value, text: say(label) }))}
        chosen={[form.get('certeza')]}
      />
      <Button label={NOTES.saveProblem} />
    </Form>
  );
}

async function problemView(page: PageContext, problems: readonly Problem[] = []): Promise<PageAnswer> {
  const id = patientIdOf(page);
  const { resource: patient } = await page.fhir<Patient>('GET', `Patient/${id}`);
  return view(
    NOTES.problemTitle,
    <>
      <ErrorSummary problems={problems} />
      <p>{page.say(NOTES.about, { name: nameOrUnknown(patient, page.say) })}</p>
      <Body page={page} problems={problems} />
      <p>
        <a href={`/pacientes/${id}`}>{page.say(NOTES.back)}</a>
      </p>
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

function formProblems({ form, say }: PageContext): readonly Problem[] {
  const onset = readTypedDate(typedDate(form, ONSET), dateIn(new Date()));
  const certain = CERTAINTIES.some(({ value }) => value === form.get('certeza'));
  return [
    ...(form.get('problema') === '' ? [{ text: say(NOTES.problemMissing), field: 'problema' }] : []),
    ...(onset.kind === 'wrong' ? [{ text: say(REGISTER.bornWrong), field: ONSET }] : []),
    ...(onset.kind === 'future' || onset.kind === 'old' ? [{ text: say(NOTES.onsetOutside), field: ONSET }] : []),
    ...(certain ? [] : [{ text: say(NOTES.certaintyMissing), field: 'certeza' }]),
  ];
}

/** What the form says, as a problem of the list. */
function conditionOf(page: PageContext, id: string): Condition {
  const { form } = page;
  const { coded, text } = writtenDiagnosis(form.get('problema'));
  const onset = readTypedDate(typedDate(form, ONSET), dateIn(new Date()));
  const { practitionerRole } = page.signedIn();
  return {
    resourceType: 'Condition',
    ...declaring(page, 'diagnostico'),
    clinicalStatus: { coding: [{ system: CODE_SYSTEMS.conditionClinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: CODE_SYSTEMS.conditionVerification, code: form.get('certeza') }] },
    category: [{ coding: [{ system: CODE_SYSTEMS.conditionCategory, code: 'problem-list-item' }] }],
    code: {
      ...(coded ? { coding: [{ system: CODE_SYSTEMS.icd10, code: coded.code, display: coded.display }] } : {}),
      text,
    },
    subject: { reference: `Patient/${id}` },
    ...(onset.kind === 'date' ? { onsetDateTime: onset.date } : {}),
    recordedDate: new Date().toISOString(),
    ...(practitionerRole === undefined ? {} : { recorder: { reference: `PractitionerRole/${practitionerRole}` } }),
  };
}

/** Form for a problem of the list. */
export const problemForm: Page = {
  method: 'GET',
  path: PATH,
  audience: CLINICIANS,
  handle: (page) => problemView(page),
};

/** Notes a problem in the record. */
export const noteProblem: Page = {
  method: 'POST',
  path: PATH,
  audience: CLINICIANS,
  async handle(page) {
    const id = patientIdOf(page);
    const problems = formProblems(page);
    if (problems.length > 0) return problemView(page, problems);
    const answer = await page.tryFhir('POST', 'Condition', conditionOf(page, id));
    if (!answer.ok) return problemView(page, problemsOf(answer.error, page.language));
    return redirect(`/pacientes/${id}?guardado=problema`);
  },
};
