import type { Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { SID } from '../../../config/canonical.js';
import { stateRow } from '../../../referral/states.js';
import { Button, LinkButton } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Notice } from '../../components/notice.js';
import { QueryForm } from '../../components/query-form.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { facilityNames } from '../../resources/facility-names.js';
import { nameOrUnknown } from '../../resources/person.js';
import type { ReferralRow } from '../../resources/referral-rows.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { RECEPTION } from '../../texts/reception.js';
import { ArrivalCard } from './arrival-card.js';
import { loadCounts } from './counts-of.js';
import { EMERGENCY_PATH } from './emergency-page.js';
import { type Arrivals, findArrivals } from './find-arrivals.js';
import { inboxHref } from './inbox-address.js';
import { lostSlots, offersFor } from './lost-slots.js';

const FIELD = 'codigo';

/** The box of the desk; the focus is in it, so that a reader of codes or a quick hand can start at once. */
function Box({ typed, error }: { readonly typed: string; readonly error?: string }): VNode {
  return (
    <QueryForm action="/recepcion">
      <TextField
        name={FIELD}
        label={RECEPTION.code}
        hint={RECEPTION.codeHint}
        value={typed}
        error={error}
        type="search"
        maxLength={60}
        // What is wrong is read first.
        autoFocus={error === undefined}
      />
      <Button label={RECEPTION.search} />
    </QueryForm>
  );
}

/** The way in for an emergency without a referral, with the person when the desk has found one. */
function EmergencyButton({
  patient,
  main = false,
}: {
  readonly patient?: Patient | undefined;
  readonly main?: boolean;
}): VNode {
  // Somebody never seen here may not be read before the arrival: the number finds the record again.
  const dni = patient?.identifier?.find(({ system }) => system === SID.dni)?.value;
  const asked = new URLSearchParams({
    ...(patient?.id === undefined ? {} : { persona: patient.id }),
    ...(dni === undefined ? {} : { dni }),
  }).toString();
  const query = asked === '' ? '' : `?${asked}`;
  return (
    <p>
      <LinkButton label={EMERGENCY.title} href={`${EMERGENCY_PATH}${query}`} kind={main ? 'send' : 'plain'} />
    </p>
  );
}

/** Nothing open here: says so, never turns away, and leads on. */
function NotFound({
  page,
  title,
  typed,
  patient,
}: {
  readonly page: PageContext;
  readonly title: string;
  readonly typed: string;
  readonly patient: Patient | undefined;
}): VNode {
  const { say } = page;
  return (
    <EmptyState title={title}>
      <p>
        <strong>{say(RECEPTION.emergency)}</strong>
      </p>
      <EmergencyButton patient={patient} main />
      <p>{say(RECEPTION.noneText)}</p>
      <LinkButton label={RECEPTION.people} href={`/pacientes?${new URLSearchParams({ q: typed }).toString()}`} />
    </EmptyState>
  );
}

function Elsewhere({
  page,
  row,
  names,
}: {
  readonly page: PageContext;
  readonly row: ReferralRow;
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const { say, language } = page;
  const { state, referralId, task } = row;
  const open = stateRow(state).actsNext !== undefined;
  const name = names.get(task.owner?.reference?.slice('Organization/'.length) ?? '') ?? '';
  return (
    <Notice kind="warn" title={say(open ? RECEPTION.elsewhere : RECEPTION.ended)}>
      <p>{say(RECEPTION.elsewhereText, { name, state: stateRow(state)[language] })}</p>
      <p>
        <a href={`/referencias/${referralId}`}>{say(RECEPTION.open, { number: task.groupIdentifier?.value ?? '' })}</a>
      </p>
    </Notice>
  );
}

async function results(page: PageContext, typed: string, found: Arrivals | undefined, now: Date): Promise<VNode> {
  const { say } = page;
  const { here = [], notHere = [], patient } = found ?? {};
  const rows = [...here, ...notHere];
  const names = await facilityNames(
    page,
    rows.flatMap(({ task }) => [task.requester?.reference, task.owner?.reference]),
  );
  const offers = await offersFor(page, page.signedIn().facility ?? '', here);
  if (rows.length === 0) {
    const title = patient
      ? say(RECEPTION.nonePerson, { name: nameOrUnknown(patient, say) })
      : say(RECEPTION.none, { typed });
    return <NotFound page={page} title={title} typed={typed} patient={patient} />;
  }
  return (
    <>
      {notHere.map((row) => (
        <Elsewhere page={page} row={row} names={names} />
      ))}
      {notHere.length > 0 && (
        <>
          <p>
            <strong>{say(RECEPTION.emergency)}</strong>
          </p>
          <EmergencyButton patient={patient} />
        </>
      )}
      {here.length > 0 && <h2>{say(RECEPTION.found)}</h2>}
      {here.map((row) => (
        <ArrivalCard
          page={page}
          row={row}
          origin={names.get(row.task.requester?.reference?.slice('Organization/'.length) ?? '') ?? ''}
          now={now}
          offers={offers.get(row.task.id) ?? []}
        />
      ))}
    </>
  );
}

/** Before anything is typed: who is awaited today. */
async function awaited(page: PageContext, facility: string): Promise<VNode> {
  const { say } = page;
  const counts = await loadCounts(page, facility);
  const coming = counts.get('in-transit') ?? 0;
  return (
    <>
      <h2>{say(RECEPTION.now)}</h2>
      <ul>
        {coming > 0 && (
          <li>
            <strong>
              <a href={inboxHref({ list: 'in-transit' })}>{say(RECEPTION.coming, { n: coming })}</a>
            </strong>
          </li>
        )}
        <li>
          <a href={inboxHref({ list: 'today' })}>{say(RECEPTION.appointments, { n: counts.get('today') ?? 0 })}</a>
        </li>
      </ul>
      <p>{say(RECEPTION.emergency)}</p>
      <EmergencyButton />
      {await lostSlots(page, facility)}
    </>
  );
}

/** `/recepcion`: the desk of a facility that receives. One box for whatever the person brings. */
export const reception: Page = {
  method: 'GET',
  path: '/recepcion',
  audience: ['clerk', 'uau'],
  nav: RECEPTION.title,
  async handle(page) {
    const facility = page.signedIn().facility ?? '';
    const asked = page.query.get(FIELD);
    const typed = (asked ?? '').trim();
    if (asked === null)
      return view(
        RECEPTION.title,
        <>
          <Box typed="" />
          {await awaited(page, facility)}
        </>,
      );
    if (typed === '') {
      const error = page.say(RECEPTION.missing);
      return view(
        RECEPTION.title,
        <>
          <ErrorSummary problems={[{ text: error, field: FIELD }]} />
          <Box typed="" error={error} />
        </>,
        { mistakes: true },
      );
    }
    const now = new Date();
    const found = await findArrivals(page, typed, facility, now);
    return view(
      RECEPTION.title,
      <>
        <Box typed={typed} />
        {await results(page, typed, found, now)}
      </>,
    );
  },
};
