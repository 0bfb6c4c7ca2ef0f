import type { Patient } from '@medplum/fhirtypes';
import type { ServiceError } from '../../../errors.js';
import { ChangedMeanwhile } from '../../components/changed-meanwhile.js';
import { ErrorSummary } from '../../components/error-summary.js';
import type { FormFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view } from '../../page.js';
import { isChangedMeanwhile, type Problem, problemsOf } from '../../problems.js';
import { nameOrUnknown, personName } from '../../resources/person.js';
import { COMMON } from '../../texts/common.js';
import { NOTES } from '../../texts/people-notes.js';
import { REGISTER } from '../../texts/people-register.js';
import { CORRECTORS } from './audiences.js';
import { formOfPerson } from './form-of-person.js';
import { identityOf } from './identity-choices.js';
import { KnownPeople } from './like-people.js';
import { LinkQuestion } from './link-page.js';
import { matchPeople } from './match-people.js';
import { patientIdOf } from './record-data.js';
import { RegisterForm } from './register-form.js';
import { ownFacility } from './register-page.js';
import { personOf } from './register-person.js';
import { registerProblems } from './register-problems.js';

const PATH = '/pacientes/:id/datos';

type Known = Patient & { readonly id: string };

function editView(page: PageContext, form: FormFields, etag: string, problems: readonly Problem[] = []): PageAnswer {
  return view(
    REGISTER.editTitle,
    <>
      <ErrorSummary problems={problems} />
      <RegisterForm page={page} form={form} problems={problems} action={page.path} button={REGISTER.saveEdit} editing>
        <input type="hidden" name="version" value={etag} />
      </RegisterForm>
      <p>
        <a href={`/pacientes/${patientIdOf(page)}`}>{page.say(NOTES.back)}</a>
      </p>
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

/** What the person wrote, so that it can be written again. */
function changedView(page: PageContext, id: string, written: Patient): PageAnswer {
  const { form, say } = page;
  const kept = [
    { name: say(REGISTER.given), value: nameOrUnknown(written, say) },
    { name: say(REGISTER.dni), value: form.get('dni') },
    { name: say(REGISTER.phone), value: form.get('telefono') },
    { name: say(REGISTER.line), value: form.get('aldea') },
    { name: say(REGISTER.file), value: form.get('expediente') },
  ].filter(({ value }) => value !== '');
  return view(COMMON.changedTitle, <ChangedMeanwhile href={`/pacientes/${id}/datos`} kept={kept} />, { status: 412 });
}

/** A number that is somebody else's: whose, or the field of the file number. */
async function takenView(page: PageContext, error: ServiceError, id: string, person: Patient): Promise<PageAnswer> {
  const etag = page.form.get('version');
  if (error.findings[0]?.params?.['kind'] === 'expediente')
    return editView(page, page.form, etag, [{ text: page.say(REGISTER.fileTaken), field: 'expediente' }]);
  const { id: _id, ...asked } = person;
  const matched = await matchPeople(page, asked);
  const others = matched.ok ? matched.same.filter(({ patient }) => patient.id !== id) : [];
  return view(
    REGISTER.knownTitle,
    <>
      <KnownPeople page={page} people={others} />
      <LinkQuestion page={page} id={id} people={others} />
    </>,
    { status: 409 },
  );
}

function problemsIn(page: PageContext, before: Known): readonly Problem[] {
  const { form, say } = page;
  const named = personName(before) !== undefined && !before.name?.[0]?.extension;
  if (identityOf(form) === 'desconocido' && named) return [{ text: say(REGISTER.unknownAgain), field: 'clase' }];
  // The mother was told at registration.
  return registerProblems(form, say).filter(({ field }) => field !== 'madre-dni');
}

/** Form with what is on record. */
export const editForm: Page = {
  method: 'GET',
  path: PATH,
  audience: CORRECTORS,
  async handle(page) {
    const { resource, etag = '' } = await page.fhir<Known>('GET', `Patient/${patientIdOf(page)}`);
    return editView(page, formOfPerson(resource, ownFacility(page)), etag);
  },
};

/** Saves corrections on the version that the person saw; who was faster is told, nothing is overwritten. */
export const editPerson: Page = {
  method: 'POST',
  path: PATH,
  audience: CORRECTORS,
  async handle(page) {
    const id = patientIdOf(page);
    const etag = page.form.get('version');
    const { resource: before } = await page.fhir<Known>('GET', `Patient/${id}`);
    const problems = problemsIn(page, before);
    if (problems.length > 0) return editView(page, page.form, etag, problems);
    const person = personOf(page.form, { facility: ownFacility(page), at: new Date() }, before);
    const answer = await page.tryFhir('PUT', `Patient/${id}`, person, { 'if-match': etag });
    if (answer.ok) return redirect(`/pacientes/${id}?guardado=datos`);
    if (isChangedMeanwhile(answer.error)) return changedView(page, id, person);
    if (answer.error.code === 'duplicate') return takenView(page, answer.error, id, person);
    return editView(page, page.form, etag, problemsOf(answer.error, page.language));
  },
};
