import type { Bundle, Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { dateIn } from '../../../config/honduras-time.js';
import { PARTIES } from '../../../referral/parties.js';
import { SCHEDULER } from '../../../referral/slots/as-scheduler.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Notice } from '../../components/notice.js';
import { QueryForm } from '../../components/query-form.js';
import type { Choice } from '../../components/select.js';
import { TextField } from '../../components/text-field.js';
import { weekdayText } from '../../dates.js';
import { type FormFields, formFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle, parametersOf } from '../../resources/in-bundle.js';
import { loadSlots } from '../../resources/slot-rows.js';
import { isDay, nextWorkingDay } from '../../resources/working-day.js';
import { AGENDA } from '../../texts/agenda.js';
import { readSlotsForm, SLOT_INPUTS, SLOT_PLACES } from './read-slots-form.js';
import { SlotsForm } from './slots-form.js';
import { SlotsTable } from './slots-table.js';

const PATH = '/agenda';
const DAY = 'dia';
const MADE = 'hechos';
const MOST_ROWS = 500;
const DAY_MS = 86_400_000;
const AUDIENCE = SCHEDULER.flatMap((party) => [...PARTIES[party].roles]);

const dayHref = (day: string): string => `${PATH}?${new URLSearchParams({ [DAY]: day }).toString()}`;

/** The day some days before or after, `YYYY-MM-DD`. */
const dayBeside = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

async function servicesOf(page: PageContext): Promise<readonly Choice[]> {
  const path = `HealthcareService?organization=Organization/${page.signedIn().facility ?? ''}&_count=100`;
  const { resource } = await page.fhir<Bundle>('GET', path);
  return inBundle(resource, 'HealthcareService')
    .filter(({ active }) => active !== false)
    .map((service) => ({
      value: `HealthcareService/${service.id}`,
      text: conceptText(page, service.specialty?.[0]) || (service.name ?? service.id),
    }))
    .sort((a, b) => a.text.localeCompare(b.text, 'es'));
}

/** Morning hours of the working days of a week: what is mostly meant. */
function defaults(now: Date): FormFields {
  const from = nextWorkingDay(now);
  const fields: [string, string][] = [
    [SLOT_INPUTS.from, from],
    [SLOT_INPUTS.to, dayBeside(from, 6)],
    ...(['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day): [string, string] => [SLOT_INPUTS.weekday, day]),
    [SLOT_INPUTS.opens, '07:00'],
    [SLOT_INPUTS.closes, '12:00'],
    [SLOT_INPUTS.minutes, '30'],
  ];
  return formFields(new URLSearchParams(fields).toString());
}

function DayForm({ day, error }: { readonly day: string; readonly error?: string | undefined }): VNode {
  return (
    <QueryForm action={PATH}>
      <TextField name={DAY} label={AGENDA.day} type="date" value={day} width="medium" error={error} />
      <Button label={AGENDA.show} kind="plain" />
    </QueryForm>
  );
}

/** The slots of one day. */
async function dayBody(page: PageContext, day: string, now: Date): Promise<VNode> {
  const { say, language } = page;
  const query = { from: day, to: day, status: 'all', _count: String(MOST_ROWS) };
  const { rows, total } = await loadSlots(page, page.signedIn().facility ?? '', query);
  const text = weekdayText(day, language);
  const free = rows.filter((row) => row.free && new Date(row.start) > now).length;
  return (
    <>
      <p>
        <a href={dayHref(dayBeside(day, -1))}>{say(AGENDA.before)}</a> ·{' '}
        <a href={dayHref(dayBeside(day, 1))}>{say(AGENDA.after)}</a>
      </p>
      {rows.length === 0 ? (
        <EmptyState title={say(AGENDA.empty, { day: text })}>
          <p>{say(AGENDA.emptyText)}</p>
        </EmptyState>
      ) : (
        <SlotsTable page={page} caption={say(AGENDA.caption, { n: total, free, day: text })} rows={rows} now={now} />
      )}
      {total > rows.length && <p>{say(AGENDA.cut, { n: rows.length, total })}</p>}
    </>
  );
}

interface Shown {
  readonly day: string;
  readonly given?: FormFields;
  readonly problems?: readonly Problem[];
}

async function agendaPage(page: PageContext, { day, given, problems = [] }: Shown): Promise<PageView> {
  const { say } = page;
  const now = new Date();
  const services = await servicesOf(page);
  const made = page.query.get(MADE);
  const badDay = problems.find(({ field }) => field === DAY)?.text;
  return view(
    AGENDA.title,
    <>
      <ErrorSummary problems={problems} />
      {made !== null && /^\d{1,4}$/.test(made) && (
        <Notice kind="good">
          <p>{say(made === '0' ? AGENDA.madeNone : AGENDA.made, { n: made })}</p>
        </Notice>
      )}
      <DayForm day={day} error={badDay} />
      {badDay === undefined && (await dayBody(page, day, now))}
      {services.length === 0 ? (
        <p>{say(AGENDA.noServices)}</p>
      ) : (
        <SlotsForm services={services} given={given ?? defaults(now)} problems={problems} />
      )}
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

/** `/agenda`: the slots of one day of the person's facility, and the form to open new ones. */
export const agenda: Page = {
  method: 'GET',
  path: PATH,
  audience: AUDIENCE,
  nav: AGENDA.title,
  handle(page) {
    const asked = page.query.get(DAY)?.trim();
    const day = asked || dateIn(new Date());
    return isDay(day)
      ? agendaPage(page, { day })
      : agendaPage(page, { day, problems: [{ field: DAY, text: page.say(AGENDA.badDay) }] });
  },
};

/** `POST /agenda/cupos`: opens the slots, and shows the first day on which they may lie. */
export const openSlots: Page = {
  method: 'POST',
  path: `${PATH}/cupos`,
  audience: AUDIENCE,
  async handle(page) {
    const { form } = page;
    const { service, parameters, problems } = readSlotsForm(form, page.say);
    const from = form.get(SLOT_INPUTS.from);
    const day = isDay(from) ? from : dateIn(new Date());
    if (problems.length > 0) return agendaPage(page, { day, given: form, problems });
    const answer = await page.tryFhir<Parameters>('POST', `${service}/$make-slots`, parameters);
    if (answer.ok) {
      const created = parametersOf(answer.resource, 'created')[0]?.valueInteger ?? 0;
      return redirect(`${dayHref(day)}&${MADE}=${created}`);
    }
    if (answer.error.status !== 422) throw answer.error;
    return agendaPage(page, { day, given: form, problems: problemsOf(answer.error, page.language, SLOT_PLACES) });
  },
};
