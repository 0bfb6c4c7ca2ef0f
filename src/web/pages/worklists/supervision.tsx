import type { Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { monthIn } from '../../../referral/supervision/local-month.js';
import { Button } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { PrintSheet } from '../../components/print-sheet.js';
import { QueryForm } from '../../components/query-form.js';
import { Table } from '../../components/table.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { file, type Page, view } from '../../page.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { SUPERVISION } from '../../texts/supervision.js';
import { monthText } from '../statistics/month-text.js';
import { chooseFacility } from './choose-facility.js';
import { INBOX_QUERY } from './inbox-address.js';
import { LIST_ROLES } from './role-lists.js';
import { supervisionCsv, type SupervisionScope, supervisionScopes } from './supervision-figures.js';
import { type Workplace, workplaceOf } from './workplace.js';

const MONTH = 'mes';
const PATH = '/supervision';

const monthAsked = (page: PageContext): string => page.query.get(MONTH)?.trim() || monthIn(new Date());

/** Whose month: the person's facility, the one a manager chose, else the manager's whole network or region. */
const placeOf = (page: PageContext, { facility }: Workplace): string => facility ?? page.signedIn().facility ?? '';

const load = (page: PageContext, place: string, month: string) =>
  page.tryFhir<Parameters>(
    'GET',
    `Organization/${place}/$monthly-supervision?${new URLSearchParams({ month }).toString()}`,
  );

function MonthForm({ month, chosen, error }: { month: string; chosen: string | undefined; error?: string }): VNode {
  return (
    <div class="rr-noprint">
      <QueryForm action={PATH} kept={{ [INBOX_QUERY.facility]: chosen }}>
        <TextField name={MONTH} label={SUPERVISION.month} value={month} width="short" error={error} />
        <Button label={SUPERVISION.show} kind="plain" />
      </QueryForm>
    </div>
  );
}

function Figures({ page, scope, month }: { page: PageContext; scope: SupervisionScope; month: string }): VNode {
  const { say, language } = page;
  return (
    <Table
      caption={say(SUPERVISION.caption, { place: scope.place, month: monthText(month, language) })}
      columns={[
        { name: say(SUPERVISION.what) },
        { name: say(SUPERVISION.detail) },
        { name: say(SUPERVISION.value), numeric: true },
        { name: say(SUPERVISION.rule) },
      ]}
      rows={scope.lines.map(({ what, detail, value, rule }) => [what, detail, value, rule])}
    />
  );
}

function ByFacility({
  page,
  scopes,
  month,
}: {
  page: PageContext;
  scopes: readonly SupervisionScope[];
  month: string;
}) {
  const { say, language } = page;
  return (
    <Table
      caption={say(SUPERVISION.byFacility, { month: monthText(month, language) })}
      columns={[
        { name: say(SUPERVISION.place) },
        ...(['sent', 'received', 'answeredOf', 'given'] as const).map((name) => ({
          name: say(SUPERVISION[name]),
          numeric: true,
        })),
      ]}
      rows={scopes.map((scope) => [
        scope.place,
        scope.valueOf('sent'),
        scope.valueOf('received'),
        scope.valueOf('answered-of-received'),
        scope.valueOf('answers-given'),
      ])}
    />
  );
}

function sheet(page: PageContext, answer: Parameters, chosen: string | undefined): VNode {
  const { say } = page;
  const { total, facilities } = supervisionScopes(page, answer);
  const month = parametersOf(answer, 'month')[0]?.valueString ?? '';
  const query = new URLSearchParams({
    [MONTH]: month,
    ...(chosen === undefined ? {} : { [INBOX_QUERY.facility]: chosen }),
  });
  return (
    <>
      <div class="rr-noprint">
        <p>
          <a href={`${PATH}/csv?${query.toString()}`}>{say(SUPERVISION.csv)}</a>
        </p>
        <p>{say(SUPERVISION.printHint)}</p>
      </div>
      <div class="rr-wide">
        <PrintSheet by={page.signedIn().displayName}>
          <p>{say(SUPERVISION.intro)}</p>
          {total && <Figures page={page} scope={total} month={month} />}
          {facilities.length > 0 && <ByFacility page={page} scopes={facilities} month={month} />}
        </PrintSheet>
      </div>
    </>
  );
}

/** `/supervision`: the month of the person's facility, or of a manager's network or region, for screen and paper. */
export const supervision: Page = {
  method: 'GET',
  path: PATH,
  audience: LIST_ROLES,
  nav: SUPERVISION.nav,
  async handle(page) {
    const workplace = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
    const choice = await chooseFacility(page, workplace, PATH);
    const chosen = workplace.choices.length > 0 ? workplace.facility : undefined;
    const month = monthAsked(page);
    const answer = await load(page, placeOf(page, workplace), month);
    const head = choice && <div class="rr-noprint">{choice}</div>;
    if (answer.ok)
      return view(
        SUPERVISION.title,
        <>
          {head}
          <MonthForm month={month} chosen={chosen} />
          {sheet(page, answer.resource, chosen)}
        </>,
      );
    if (answer.error.code !== 'parameter-value') throw answer.error;
    const error = page.say(SUPERVISION.badMonth);
    return view(
      SUPERVISION.title,
      <>
        <ErrorSummary problems={[{ text: error, field: MONTH }]} />
        {head}
        <MonthForm month={month} chosen={chosen} error={error} />
      </>,
      { status: 400, mistakes: true },
    );
  },
};

/** `/supervision/csv`: the same figures as a file. */
export const supervisionFile: Page = {
  method: 'GET',
  path: `${PATH}/csv`,
  audience: LIST_ROLES,
  async handle(page) {
    const workplace = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
    const month = monthAsked(page);
    const answer = await load(page, placeOf(page, workplace), month);
    if (!answer.ok) throw answer.error;
    return file('text/csv; charset=utf-8', `supervision-${month}.csv`, supervisionCsv(page, answer.resource));
  },
};
