import type { Parameters, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { IDENTIFIED_BY } from '../../../access/activation.js';
import type { Role } from '../../../access/caller.js';
import { wholeBirthDate } from '../../../access/sheet-proof.js';
import { Button, LinkButton } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { TextField } from '../../components/text-field.js';
import { dateText } from '../../dates.js';
import type { FormFields } from '../../form-fields.js';
import { type Say, useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import type { Problem } from '../../problems.js';
import { nameOrUnknown } from '../../resources/person.js';
import { ACTIVATE } from '../../texts/patient-activate.js';
import { ActivationSheet } from './activation-sheet.js';

/** Roles that may print the code; the policy decides again (`$activation-code`). */
export const STAFF: readonly Role[] = ['clerk', 'uau', 'nurse', 'clinician'];

interface Asked {
  readonly identified: string;
  readonly guardianName: string;
  readonly guardianRelationship: string;
}

const askedIn = (form: FormFields): Asked => ({
  identified: form.get('identificada'),
  guardianName: form.get('encargado').slice(0, 100),
  guardianRelationship: form.get('parentesco').slice(0, 100),
});

function problemsOf({ identified, guardianName, guardianRelationship }: Asked, say: Say): readonly Problem[] {
  if (!IDENTIFIED_BY.some((one) => one === identified))
    return [{ text: say(ACTIVATE.identifiedMissing), field: 'identificada' }];
  if (identified !== 'guardian') return [];
  return [
    ...(guardianName === '' ? [{ text: say(ACTIVATE.guardianNameMissing), field: 'encargado' }] : []),
    ...(guardianRelationship === '' ? [{ text: say(ACTIVATE.guardianRelationshipMissing), field: 'parentesco' }] : []),
  ];
}

interface CodeFormProps {
  readonly patient: Patient;
  readonly asked?: Asked;
  readonly problems?: readonly Problem[];
}

function CodeForm({ patient, asked, problems = [] }: CodeFormProps): VNode {
  const say = useSay();
  const language = useLanguage();
  const errorOf = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.text;
  const { id = '' } = patient;
  const birthDate = wholeBirthDate(patient);
  return (
    <>
      <ErrorSummary problems={problems} />
      <p>{say(ACTIVATE.staffIntro)}</p>
      <p>{say(ACTIVATE.staffReset)}</p>
      <Facts
        facts={[
          { name: say(ACTIVATE.person), value: nameOrUnknown(patient, say) },
          {
            name: say(ACTIVATE.birthDate),
            value: birthDate === undefined ? say(ACTIVATE.unknownDate) : dateText(birthDate, language),
          },
        ]}
      />
      <Form action={`/pacientes/${id}/codigo`}>
        <Choices
          name="identificada"
          label={ACTIVATE.identified}
          choices={IDENTIFIED_BY.map((value) => ({ value, text: say(ACTIVATE[value]) }))}
          chosen={asked ? [asked.identified] : []}
          error={errorOf('identificada')}
        />
        <TextField
          name="encargado"
          label={ACTIVATE.guardianName}
          hint={ACTIVATE.guardianHint}
          optional
          value={asked?.guardianName ?? ''}
          error={errorOf('encargado')}
        />
        <TextField
          name="parentesco"
          label={ACTIVATE.guardianRelationship}
          hint={ACTIVATE.guardianRelationshipHint}
          optional
          width="medium"
          value={asked?.guardianRelationship ?? ''}
          error={errorOf('parentesco')}
        />
        <Button label={ACTIVATE.print} />
        <LinkButton label={ACTIVATE.toRecord} href={`/pacientes/${id}`} />
      </Form>
    </>
  );
}

const patientOf = async (page: PageContext): Promise<Patient> =>
  (await page.fhir<Patient>('GET', `Patient/${encodeURIComponent(page.params['id'] ?? '')}`)).resource;

const text = (name: string, valueString: string) => (valueString === '' ? [] : [{ name, valueString }]);

/** The clinic says how it knows the person. */
export const clinicCodeForm: Page = {
  method: 'GET',
  path: '/pacientes/:id/codigo',
  audience: STAFF,
  handle: async (page) => view(ACTIVATE.staffTitle, <CodeForm patient={await patientOf(page)} />),
};

/** Makes the code and shows it once, as a sheet: it stands in no address, and loading the page again makes another one. */
export const clinicCode: Page = {
  method: 'POST',
  path: '/pacientes/:id/codigo',
  audience: STAFF,
  async handle(page) {
    const patient = await patientOf(page);
    const asked = askedIn(page.form);
    const problems = problemsOf(asked, page.say);
    if (problems.length > 0)
      return view(ACTIVATE.staffTitle, <CodeForm patient={patient} asked={asked} problems={problems} />, {
        status: 422,
        mistakes: true,
      });
    const body: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'identifiedBy', valueCode: asked.identified },
        ...text('guardianName', asked.guardianName),
        ...text('guardianRelationship', asked.guardianRelationship),
      ],
    };
    const answer = await page.fhir<Parameters>('POST', `Patient/${patient.id ?? ''}/$activation-code`, body);
    const url = `${page.services.publicUrl}/activar`;
    return view(
      ACTIVATE.sheetTitle,
      <ActivationSheet patient={patient} answer={answer.resource} by={page.signedIn().displayName} url={url} />,
    );
  },
};
