import type { AllergyIntolerance, Bundle, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { deniesAllergies, NO_KNOWN_ALLERGIES } from '../../../config/no-known-allergies.js';
import { ALLERGENS } from '../../../record/catalogue/allergens.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { Select } from '../../components/select.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { inBundle } from '../../resources/in-bundle.js';
import { declaring } from '../../resources/known-profile.js';
import { nameOrUnknown } from '../../resources/person.js';
import { NOTES } from '../../texts/people-notes.js';
import { CLINICIANS } from './audiences.js';
import { patientIdOf } from './record-data.js';

const PATH = '/pacientes/:id/alergia';
const NONE = 'ninguna';
const OTHER = 'otra';

const GRAVITIES = [
  { value: 'high', label: NOTES.high },
  { value: 'low', label: NOTES.low },
  { value: 'unable-to-assess', label: NOTES.unsure },
] as const;

const gravityOf = (text: string): AllergyIntolerance['criticality'] =>
  GRAVITIES.find(({ value }) => value === text)?.value;

function Body({ page, problems }: { readonly page: PageContext; readonly problems: readonly Problem[] }): VNode {
  const { form, say } = page;
  const errorOf = (field: string): string | undefined => problems.find((one) => one.field === field)?.text;
  return (
    <Form action={page.path}>
      <Select
        name="sustancia"
        label={NOTES.which}
        value={form.get('sustancia')}
        error={errorOf('sustancia')}
        choices={[
          { value: NONE, text: say(NOTES.none) },
          ...ALLERGENS.map(({ key, display }) => ({ value: key, text: display })),
          { value: OTHER, text: say(NOTES.other) },
        ]}
      />
      <TextField
        name="otra"
        label={NOTES.substance}
        hint={NOTES.substanceHint}
        value={form.get('otra')}
        error={errorOf('otra')}
        maxLength={100}
      />
      <TextField
        name="reaccion"
        label={NOTES.reaction}
        hint={NOTES.reactionHint}
        value={form.get('reaccion')}
        maxLength={200}
        optional
      />
      <Choices
        name="gravedad"
        label={NOTES.gravity}
        choices={GRAVITIES.map(({ value, label }) => ({ value, text: say(label) }))}
        chosen={[form.get('gravedad')]}
      />
      <Button label={NOTES.saveAllergy} />
    </Form>
  );
}

async function allergyView(page: PageContext, problems: readonly Problem[] = []): Promise<PageAnswer> {
  const id = patientIdOf(page);
  const { resource: patient } = await page.fhir<Patient>('GET', `Patient/${id}`);
  return view(
    NOTES.allergyTitle,
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

/** What the form says, as a resource; a denial carries neither reaction nor gravity. */
function allergyOf(page: PageContext, id: string): AllergyIntolerance {
  const { form } = page;
  const chosen = form.get('sustancia');
  const known = ALLERGENS.find(({ key }) => key === chosen);
  const { practitionerRole } = page.signedIn();
  const reaction = form.get('reaccion');
  const criticality = gravityOf(form.get('gravedad'));
  const base: AllergyIntolerance = {
    resourceType: 'AllergyIntolerance',
    ...declaring(page, 'alergia'),
    clinicalStatus: { coding: [{ system: CODE_SYSTEMS.allergyClinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: CODE_SYSTEMS.allergyVerification, code: 'unconfirmed' }] },
    patient: { reference: `Patient/${id}` },
    recordedDate: new Date().toISOString(),
    ...(practitionerRole === undefined ? {} : { recorder: { reference: `PractitionerRole/${practitionerRole}` } }),
  };
  if (chosen === NONE) return { ...base, code: NO_KNOWN_ALLERGIES };
  const text = known?.display ?? form.get('otra');
  return {
    ...base,
    type: 'allergy',
    ...(known ? { category: [known.category] } : {}),
    ...(criticality === undefined ? {} : { criticality }),
    code: {
      ...(known?.atc === undefined ? {} : { coding: [{ system: CODE_SYSTEMS.atc, code: known.atc, display: text }] }),
      text,
    },
    ...(reaction === '' ? {} : { reaction: [{ manifestation: [{ text: reaction }] }] }),
  };
}

/** What is wrong with the form; a person with allergies on record cannot be without. */
async function formProblems(page: PageContext, id: string): Promise<readonly Problem[]> {
  const { form, say } = page;
  const chosen = form.get('sustancia');
  const known = chosen === NONE || chosen === OTHER || ALLERGENS.some(({ key }) => key === chosen);
  if (!known && form.get('otra') === '') return [{ text: say(NOTES.whichMissing), field: 'sustancia' }];
  if (chosen === OTHER && form.get('otra') === '') return [{ text: say(NOTES.substanceMissing), field: 'otra' }];
  if (chosen !== NONE) return [];
  const { resource } = await page.fhir<Bundle>(
    'GET',
    `AllergyIntolerance?patient=Patient/${id}&clinical-status=active`,
  );
  const real = inBundle(resource, 'AllergyIntolerance').some((allergy) => !deniesAllergies(allergy));
  return real ? [{ text: say(NOTES.hasAllergies), field: 'sustancia' }] : [];
}

/** Form for an allergy, or for having asked and found none. */
export const allergyForm: Page = {
  method: 'GET',
  path: PATH,
  audience: CLINICIANS,
  handle: (page) => allergyView(page),
};

/** Notes an allergy in the record. */
export const noteAllergy: Page = {
  method: 'POST',
  path: PATH,
  audience: CLINICIANS,
  async handle(page) {
    const id = patientIdOf(page);
    const problems = await formProblems(page, id);
    if (problems.length > 0) return allergyView(page, problems);
    const answer = await page.tryFhir('POST', 'AllergyIntolerance', allergyOf(page, id));
    if (!answer.ok) return allergyView(page, problemsOf(answer.error, page.language));
    return redirect(`/pacientes/${id}?guardado=alergia`);
  },
};
