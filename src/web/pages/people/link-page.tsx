import type { Bundle, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { fault } from '../../../errors.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect } from '../../page.js';
import { inBundle } from '../../resources/in-bundle.js';
import { identifierTexts, nameOrUnknown } from '../../resources/person.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { CORRECTORS } from './audiences.js';
import { openVisit } from './open-visit.js';
import type { FoundPerson } from './find-people.js';

type Known = Patient & { readonly id: string };

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Asks whether an unidentified person is somebody on record, once the number says so. @param id of the unidentified one */
export function LinkQuestion({
  page,
  id,
  people,
}: {
  readonly page: PageContext;
  readonly id: string;
  readonly people: readonly FoundPerson[];
}): VNode | null {
  const { say } = page;
  const [known] = people;
  if (!known || people.length > 1) return null;
  return (
    <Form action={`/pacientes/${id}/enlazar`}>
      <h2>{say(EMERGENCY.sameTitle)}</h2>
      <p>{say(EMERGENCY.sameText)}</p>
      <input type="hidden" name="otra" value={known.patient.id} />
      <Button label={EMERGENCY.link} kind="send" />
    </Form>
  );
}

/** Records of the same person: those that this one names, and those that name it. */
export async function linkedPeople(page: PageContext, patient: Patient): Promise<readonly Known[]> {
  const { resource } = await page.fhir<Bundle>('GET', `Patient?link=Patient/${patient.id ?? ''}`);
  const named = (patient.link ?? []).flatMap(({ other }) => other.reference?.replace(/^Patient\//, '') ?? []);
  const found = await Promise.all(named.map((id) => page.tryFhir<Known>('GET', `Patient/${id}`)));
  const all = [...inBundle(resource, 'Patient'), ...found.flatMap((one) => (one.ok ? [one.resource] : []))];
  return all.filter(({ id }, index) => id !== patient.id && all.findIndex((one) => one.id === id) === index);
}

/** The way to the other records of the same person. */
export function LinkedPeople({
  page,
  people,
}: {
  readonly page: PageContext;
  readonly people: readonly Known[];
}): VNode | null {
  if (people.length === 0) return null;
  const { say } = page;
  return (
    <Notice kind="info" title={say(EMERGENCY.alsoAs)}>
      <ul>
        {people.map((patient) => (
          <li>
            <a href={`/pacientes/${patient.id}`}>{nameOrUnknown(patient, say)}</a>{' '}
            {identifierTexts(patient, say).join(' · ')}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/**
 * `POST /pacientes/:id/enlazar`: an unidentified person turned out to be somebody on record (`otra`). What was written stays where
 * it is; the record made in the emergency refers to the one with the number (Patient.link, R4 `refer`), and a visit opens the
 * latter here, as for anybody who comes (design.md 3.7).
 */
export const linkPage: Page = {
  method: 'POST',
  path: '/pacientes/:id/enlazar',
  audience: CORRECTORS,
  async handle(page) {
    const [id = '', other] = [page.params['id'], page.form.get('otra')];
    if (!ID.test(id) || !ID.test(other) || id === other) throw fault('not-found', { type: 'Patient', id: other });
    const { resource, etag = '' } = await page.fhir<Known>('GET', `Patient/${id}`);
    await openVisit(page, other, 'EMER');
    const kept = (resource.link ?? []).filter(({ other: one }) => one.reference !== `Patient/${other}`);
    const link: NonNullable<Patient['link']> = [...kept, { other: { reference: `Patient/${other}` }, type: 'refer' }];
    await page.fhir('PUT', `Patient/${id}`, { ...resource, link }, { 'if-match': etag });
    return redirect(`/pacientes/${id}?guardado=enlace`);
  },
};
