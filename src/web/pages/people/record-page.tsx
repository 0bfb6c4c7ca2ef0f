import type { Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { SID } from '../../../config/canonical.js';
import type { Role } from '../../../access/caller.js';
import type { Words } from '../../../words.js';
import { LinkButton } from '../../components/button.js';
import { Notice } from '../../components/notice.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { nameOrUnknown } from '../../resources/person.js';
import { sayIn } from '../../language.js';
import { REGISTER } from '../../texts/people-register.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { RECORD } from '../../texts/people-record.js';
import { AUTHORS } from '../hc10/authors.js';
import { STAFF as CODE_STAFF } from '../patient/clinic-code.js';
import { CLINICIANS, CORRECTORS, FINDERS } from './audiences.js';
import { Medicines, Problems, Vaccines } from './record-clinical.js';
import { LinkedPeople, linkedPeople } from './link-page.js';
import { patientIdOf, type RecordData, readRecord } from './record-data.js';
import { RecordAllergies, RecordHead } from './record-head.js';
import { placeNames, Referrals, Visits } from './record-referrals.js';
import { Studies } from './record-studies.js';
import { RecordTimeline } from './record-timeline.js';

interface Action {
  readonly label: Words;
  /** Below the path of the record. */
  readonly path: string;
  readonly roles: readonly Role[];
}

const MAIN: Action = { label: RECORD.refer, path: 'referir', roles: AUTHORS };
const OTHERS: readonly Action[] = [
  { label: RECORD.noteAllergy, path: 'alergia', roles: CLINICIANS },
  { label: RECORD.noteProblem, path: 'problema', roles: CLINICIANS },
  { label: RECORD.edit, path: 'datos', roles: CORRECTORS },
  { label: RECORD.code, path: 'codigo', roles: CODE_STAFF },
];

const SAVED: Readonly<Record<string, Words>> = {
  alergia: RECORD.savedAllergy,
  problema: RECORD.savedProblem,
  datos: RECORD.savedData,
  enlace: EMERGENCY.linked,
};

/** What was just done here. */
function Done({ page, patient }: { readonly page: PageContext; readonly patient: Patient }): VNode | null {
  const { say } = page;
  const saved = page.query.get('guardado');
  const words = saved !== null && Object.hasOwn(SAVED, saved) ? SAVED[saved] : undefined;
  if (words) return <Notice kind="good" title={say(words)} />;
  if (!page.query.has('registrado')) return null;
  const number = patient.identifier?.find(({ system }) => system === SID.temporal)?.value;
  return (
    <Notice kind="good" title={say(REGISTER.done)}>
      <p>{say(CLINICIANS.includes(page.signedIn().role) ? REGISTER.doneText : REGISTER.doneDesk)}</p>
      {number !== undefined && <p>{say(REGISTER.temporary, { number })}</p>}
    </Notice>
  );
}

function Actions({ page, id }: { readonly page: PageContext; readonly id: string }): VNode {
  const { role } = page.signedIn();
  const others = OTHERS.filter(({ roles }) => roles.includes(role));
  return (
    <p class="rr-noprint">
      {MAIN.roles.includes(role) && (
        <LinkButton label={MAIN.label} href={`/pacientes/${id}/${MAIN.path}`} kind="send" />
      )}
      {others.map(({ label, path }) => (
        <LinkButton label={label} href={`/pacientes/${id}/${path}`} />
      ))}
    </p>
  );
}

function Body({
  page,
  record,
  names,
  linked,
}: {
  readonly page: PageContext;
  readonly record: RecordData;
  /** Other records of the same person. */
  readonly linked: Awaited<ReturnType<typeof linkedPeople>>;
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const { say } = page;
  const { patient, clinical, referrals, visits, tooLarge } = record;
  return (
    <>
      <Done page={page} patient={patient} />
      {clinical && <RecordAllergies page={page} allergies={clinical.allergies} />}
      <RecordHead page={page} patient={patient} />
      <LinkedPeople page={page} people={linked} />
      <Actions page={page} id={patient.id} />
      {tooLarge && (
        <Notice kind="warn">
          <p>{say(RECORD.tooLarge)}</p>
        </Notice>
      )}
      {clinical ? (
        <>
          <Problems page={page} conditions={clinical.conditions} />
          <Medicines page={page} medicines={clinical.medicines} />
          <Referrals page={page} referrals={referrals} names={names} />
          <Studies page={page} {...clinical} />
          <Vaccines page={page} patient={patient} vaccines={clinical.vaccines} />
          {clinical.events && <RecordTimeline page={page} events={clinical.events} referrals={referrals} />}
        </>
      ) : (
        <>
          {!tooLarge && <p>{say(RECORD.deskOnly)}</p>}
          <Referrals page={page} referrals={referrals} names={names} />
          <Visits page={page} visits={visits} names={names} />
        </>
      )}
    </>
  );
}

/** The record of a person: allergies first, then who it is, what there is, and what happened. */
export const recordPage: Page = {
  method: 'GET',
  path: '/pacientes/:id',
  audience: FINDERS,
  async handle(page) {
    const record = await readRecord(page, patientIdOf(page));
    const names = await placeNames(page, record.referrals, record.visits);
    const title = { es: nameOrUnknown(record.patient, sayIn('es')), en: nameOrUnknown(record.patient, sayIn('en')) };
    const linked = await linkedPeople(page, record.patient);
    return view(title, <Body page={page} record={record} names={names} linked={linked} />);
  },
};
