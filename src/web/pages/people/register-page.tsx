import type { Patient } from '@medplum/fhirtypes';
import { SID } from '../../../config/canonical.js';
import { fault } from '../../../errors.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { type FormFields, formFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { REGISTER } from '../../texts/people-register.js';
import { REGISTRARS } from './audiences.js';
import { findMother } from './find-mother.js';
import type { FoundPerson } from './find-people.js';
import { KnownPeople, LikePeople } from './like-people.js';
import { matchPeople } from './match-people.js';
import { RegisterForm } from './register-form.js';
import { personOf } from './register-person.js';
import { registerProblems } from './register-problems.js';
import { isTemporaryNumber, newTemporaryNumber } from '../../../access/temporary-number.js';

const PATH = '/pacientes/nuevo';
/** `Organization/x` of the signed-in person's post. @throws ServiceError 403 for a post without a facility */
export function ownFacility(page: PageContext): string {
  const { facility, role } = page.signedIn();
  if (facility === undefined) throw fault('role-forbidden', { role, interaction: 'create', type: 'Patient' });
  return `Organization/${facility}`;
}

interface Shown {
  readonly form: FormFields;
  readonly problems?: readonly Problem[];
  readonly same?: readonly FoundPerson[];
  readonly alike?: readonly FoundPerson[];
}

/** The page with the form, and above it what is wrong or who is there already. */
function registerView(page: PageContext, { form, problems = [], same = [], alike = [] }: Shown): PageAnswer {
  const temporary = isTemporaryNumber(form.get('temporal')) ? form.get('temporal') : newTemporaryNumber();
  const body = (
    <RegisterForm
      page={page}
      form={form}
      problems={problems}
      action={PATH}
      button={alike.length > 0 ? REGISTER.saveOther : REGISTER.save}
      folded={alike.length > 0}
    >
      <input type="hidden" name="temporal" value={temporary} />
      {alike.map(({ patient }) => (
        <input type="hidden" name="distinta" value={patient.id} />
      ))}
    </RegisterForm>
  );
  if (same.length > 0)
    return view(
      REGISTER.knownTitle,
      <>
        <KnownPeople page={page} people={same} />
        <details class="rr-fold">
          <summary>{page.say(REGISTER.mistyped)}</summary>
          {body}
        </details>
      </>,
      { status: 409 },
    );
  return view(
    REGISTER.title,
    <>
      <ErrorSummary problems={problems} />
      {alike.length > 0 && <LikePeople page={page} people={alike} />}
      {body}
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : alike.length > 0 ? { status: 409 } : {},
  );
}

/** A registration refused because of a number: whose it is, or the field of the file number. */
async function numberTaken(page: PageContext, person: Patient, kind: unknown): Promise<Shown> {
  const { form, say } = page;
  if (kind === 'expediente') return { form, problems: [{ text: say(REGISTER.fileTaken), field: 'expediente' }] };
  const matched = await matchPeople(page, person);
  if (!matched.ok) throw matched.error;
  return { form, same: matched.same };
}

/** Writes the person; answers with the page that says what stands in the way, or with the record. */
async function register(page: PageContext, person: Patient): Promise<PageAnswer> {
  const temporary = person.identifier?.find(({ system }) => system === SID.temporal)?.value;
  const once =
    temporary === undefined
      ? {}
      : { 'if-none-exist': new URLSearchParams({ identifier: `${SID.temporal}|${temporary}` }).toString() };
  const answer = await page.tryFhir<Patient>('POST', 'Patient', person, once);
  if (answer.ok) return redirect(`/pacientes/${answer.resource.id ?? ''}?registrado=si`);
  const { error } = answer;
  if (error.code === 'duplicate') {
    const shown = await numberTaken(page, person, error.findings[0]?.params?.['kind']);
    return registerView(page, shown);
  }
  return registerView(page, { form: page.form, problems: problemsOf(error, page.language) });
}

/** Form of registration; what was typed into the search comes along. */
export const registerForm: Page = {
  method: 'GET',
  path: PATH,
  audience: REGISTRARS,
  handle: (page) => registerView(page, { form: formFields(page.query.toString()) }),
};

/** Registers a person, once: who is there already, or may be, is said before anything is saved. */
export const registerPerson: Page = {
  method: 'POST',
  path: PATH,
  audience: REGISTRARS,
  async handle(page) {
    const { form, say } = page;
    const facility = ownFacility(page);
    const wrong = registerProblems(form, say);
    const { mother, problem } = wrong.length > 0 ? {} : await findMother(page);
    const problems = [...wrong, ...(problem ? [problem] : [])];
    if (problems.length > 0) return registerView(page, { form, problems });
    const person = personOf(form, { facility, at: new Date(), ...(mother ? { mother } : {}) });
    const matched = await matchPeople(page, person);
    if (!matched.ok) return registerView(page, { form, problems: problemsOf(matched.error, page.language) });
    const again = matched.same.find(({ patient }) =>
      (patient.identifier ?? []).some(({ system, value }) => system === SID.temporal && value === form.get('temporal')),
    );
    if (again) return redirect(`/pacientes/${again.patient.id}?registrado=si`);
    if (matched.same.length > 0) return registerView(page, { form, same: matched.same });
    const told: ReadonlySet<string> = new Set(form.all('distinta'));
    if (matched.alike.some(({ patient }) => !told.has(patient.id)))
      return registerView(page, { form, alike: matched.alike });
    return register(page, person);
  },
};
