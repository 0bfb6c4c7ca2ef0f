import type { Organization, Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { dateIn } from '../../../config/honduras-time.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { QueryForm } from '../../components/query-form.js';
import { TextField } from '../../components/text-field.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { file, type Page, view } from '../../page.js';
import { REGISTER } from '../../texts/register.js';
import { chooseFacility } from './choose-facility.js';
import { INBOX_QUERY } from './inbox-address.js';
import { registerCsv } from './register-csv.js';
import { registerHead, registerRows } from './register-rows.js';
import { type RegisterHead, RegisterSheet } from './register-sheet.js';
import { LIST_ROLES } from './role-lists.js';
import { workplaceOf } from './workplace.js';

const DAY = 'dia';
const PATH = '/registro';

const dayAsked = (page: PageContext): string => page.query.get(DAY)?.trim() || dateIn(new Date());

const load = (page: PageContext, facility: string, day: string) =>
  page.tryFhir<Parameters>(
    'GET',
    `Organization/${facility}/$daily-register?${new URLSearchParams({ date: day }).toString()}`,
  );

/** Head of annex 8: region, network, facility. */
async function headOf(page: PageContext, facility: string, register: Parameters): Promise<RegisterHead> {
  const { say } = page;
  const organization = async (reference: string | undefined): Promise<Organization | undefined> =>
    reference === undefined ? undefined : (await page.fhir<Organization>('GET', reference)).resource;
  const own = await organization(`Organization/${facility}`);
  const network = await organization(own?.partOf?.reference);
  const region = await organization(network?.partOf?.reference);
  const all = [
    [say(REGISTER.region), region?.name ?? ''],
    [say(REGISTER.network), network?.name ?? ''],
    [say(REGISTER.facility), registerHead(register, 'facility')],
    [say(REGISTER.rups), registerHead(register, 'rups')],
    [say(REGISTER.day), dateText(registerHead(register, 'date'), page.language)],
  ] as const;
  return all.filter(([, value]) => value !== '');
}

function Day({
  day,
  facility,
  error,
}: {
  readonly day: string;
  readonly facility?: string | undefined;
  readonly error?: string;
}): VNode {
  return (
    <div class="rr-noprint">
      <QueryForm action={PATH} kept={{ [INBOX_QUERY.facility]: facility }}>
        <TextField name={DAY} label={REGISTER.day} type="date" value={day} width="medium" error={error} />
        <Button label={REGISTER.show} kind="plain" />
      </QueryForm>
    </div>
  );
}

async function sheet(
  page: PageContext,
  facility: string,
  managed: string | undefined,
  register: Parameters,
): Promise<VNode> {
  const { say, language } = page;
  const rows = registerRows(register);
  const day = registerHead(register, 'date');
  if (rows.length === 0)
    return (
      <EmptyState title={say(REGISTER.empty, { date: dateText(day, language) })}>
        <p>{say(REGISTER.emptyText)}</p>
      </EmptyState>
    );
  const query = new URLSearchParams({
    [DAY]: day,
    ...(managed === undefined ? {} : { [INBOX_QUERY.facility]: managed }),
  });
  return (
    <>
      <div class="rr-noprint">
        <p>
          <a href={`${PATH}/csv?${query.toString()}`}>{say(REGISTER.csv)}</a>
        </p>
        <p>{say(REGISTER.printHint)}</p>
      </div>
      <RegisterSheet page={page} head={await headOf(page, facility, register)} rows={rows} date={day} />
    </>
  );
}

/** `/registro`: the daily register of the person's facility (LN23:2019, annex 8), for a day and for paper. */
export const register: Page = {
  method: 'GET',
  path: PATH,
  audience: LIST_ROLES,
  nav: REGISTER.nav,
  async handle(page) {
    const workplace = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
    const { facility, choices } = workplace;
    const choice = await chooseFacility(page, workplace, PATH);
    if (facility === undefined) return view(REGISTER.title, choice ?? <></>);
    const managed = choices.length > 0 ? facility : undefined;
    const day = dayAsked(page);
    const answer = await load(page, facility, day);
    const head = choice && <div class="rr-noprint">{choice}</div>;
    if (answer.ok)
      return view(
        REGISTER.heading,
        <>
          {head}
          <Day day={day} facility={managed} />
          {await sheet(page, facility, managed, answer.resource)}
        </>,
      );
    if (answer.error.code !== 'parameter-value') throw answer.error;
    const error = page.say(REGISTER.badDay);
    return view(
      REGISTER.heading,
      <>
        <ErrorSummary problems={[{ text: error, field: DAY }]} />
        {head}
        <Day day={day} facility={managed} error={error} />
      </>,
      { status: 400, mistakes: true },
    );
  },
};

/** `/registro/csv`: the same register as a file. */
export const registerFile: Page = {
  method: 'GET',
  path: `${PATH}/csv`,
  audience: LIST_ROLES,
  async handle(page) {
    const day = dayAsked(page);
    const { facility = '' } = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
    const answer = await load(page, facility, day);
    if (!answer.ok) throw answer.error;
    const csv = registerCsv(registerRows(answer.resource), page);
    return file('text/csv; charset=utf-8', `registro-${registerHead(answer.resource, 'date')}.csv`, csv);
  },
};
