import type { VNode } from 'preact';
import type { Caller } from '../../../access/caller.js';
import { fault, findingText } from '../../../errors.js';
import { DUTIES } from '../../../statistics/duties.js';
import type { ReleaseStep } from '../../../statistics/release/release-documents.js';
import { type MonthView, nextStep } from '../../../statistics/release/release-desk.js';
import { TABLES } from '../../../statistics/release/rows.js';
import { tablePlan } from '../../../statistics/table-plan.js';
import type { TablePlan } from '../../../statistics/table-types.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import { Tag } from '../../components/tag.js';
import { Timeline } from '../../components/timeline.js';
import { dateText, timeText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { RELEASES } from '../../texts/statistics-staff.js';
import { fillWords } from './fill-words.js';
import { monthText } from './month-text.js';
import { ReleaseReport } from './release-report.js';
import { MONTH_TONES, monthState } from './release-state.js';

const REFRESH_SECONDS = 5;
const STEPS: readonly ReleaseStep[] = ['build', 'approve', 'publish'];

/** How the last work on the month goes or went. */
function Work({ job }: { readonly job: NonNullable<MonthView['job']> }): VNode | null {
  const say = useSay();
  const language = useLanguage();
  const values = { who: job.by, time: timeText(job.startedAt, language) };
  if (job.state === 'running')
    return (
      <Notice kind="info">
        <p role="status">{say(RELEASES[`running-${job.step}`], values)}</p>
        <p>{say(RELEASES.runningText, { seconds: REFRESH_SECONDS })}</p>
      </Notice>
    );
  if (job.state === 'done') return null;
  return (
    <Notice kind="warn">
      <p>{say(RELEASES[job.state], values)}</p>
      {job.findings.map((finding) => (
        <p>{findingText(finding, language)}</p>
      ))}
    </Notice>
  );
}

/** The one step that this person may take now. */
function NextStep({ month, caller }: { readonly month: MonthView; readonly caller: Caller }): VNode | null {
  const say = useSay();
  const step = nextStep(month, caller);
  if (step === undefined) return null;
  return (
    <Form action={`/publicaciones/${month.month}`}>
      <p>{say(RELEASES[`${step}Text`])}</p>
      <input type="hidden" name="visto" value={month.stamp} />
      <Button label={RELEASES[step]} name="paso" value={step} />
    </Form>
  );
}

function ReleaseMonth({
  month,
  caller,
  plan,
}: {
  readonly month: MonthView;
  readonly caller: Caller;
  readonly plan: TablePlan;
}): VNode {
  const say = useSay();
  const language = useLanguage();
  const { versions, closes, job } = month;
  const [newest] = versions;
  const state = monthState(month);
  const date = dateText(closes, language);
  const steps = versions.flatMap(({ version, steps: own }) => own.map((step) => ({ ...step, version })));
  return (
    <>
      <p>
        <Tag label={RELEASES[`state-${state}`]} tone={MONTH_TONES[state]} />
        {newest && ` ${say(RELEASES.version, { version: newest.version })}`}
      </p>
      <p>
        {say(month.closed ? RELEASES.closed : RELEASES.open, { date })}. {say(RELEASES[`next-${state}`])}
      </p>
      {job && <Work job={job} />}
      <NextStep month={month} caller={caller} />
      {newest && state !== 'running' && (
        <>
          <ReleaseReport release={newest} plan={plan} />
          <h2>{say(RELEASES.preview)}</h2>
          <p>{say(RELEASES.previewText)}</p>
          <ul>
            <li>
              <a href={`/publicaciones/${month.month}/regiones`}>{say(OPEN_DATA.region)}</a>
            </li>
            {TABLES.map(({ name, breakdown }) => (
              <li>
                <a href={`/publicaciones/${month.month}/${name}`}>{say(OPEN_DATA[breakdown])}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {steps.length > 0 && (
        <>
          <h2>{say(RELEASES.history)}</h2>
          <Timeline
            entries={steps.map(({ step, who, at, version }) => ({
              at: at.toISOString(),
              title: `${say(RELEASES[`step-${step}`])}, ${say(RELEASES.version, { version })}`,
              by: who,
            }))}
          />
        </>
      )}
      <p>
        <a href="/publicaciones">{say(RELEASES.back)}</a>
        {versions.some((one) => one.state === 'published') && (
          <>
            {' · '}
            <a href={`/datos/${month.month}`}>{say(RELEASES.publicPage)}</a>
          </>
        )}
      </p>
    </>
  );
}

const personIn = (page: PageContext) => ({ caller: page.signedIn(), requestId: page.requestId, ip: page.ip });

/** One month: protection report, the tables as they will be, the next step of who is signed in, and what happened. */
export const releaseMonth: Page = {
  method: 'GET',
  path: '/publicaciones/:month',
  audience: DUTIES.review,
  async handle(page) {
    const month = await page.services.statistics.releases.month(personIn(page), page.params['month'] ?? '');
    return view(
      fillWords(RELEASES.monthTitle, (language) => ({ month: monthText(month.month, language) })),
      <ReleaseMonth month={month} caller={page.signedIn()} plan={tablePlan(page.services.fhir.definitions)} />,
      month.job?.state === 'running' ? { headers: { Refresh: String(REFRESH_SECONDS) } } : {},
    );
  },
};

/** Builds, approves or publishes: the service decides who may. */
export const takeReleaseStep: Page = {
  method: 'POST',
  path: '/publicaciones/:month',
  audience: DUTIES.review,
  async handle(page) {
    const { form, params, services } = page;
    const month = params['month'] ?? '';
    const step = STEPS.find((one) => one === form.get('paso'));
    if (!step) throw fault('operation-parameter', { parameter: 'paso', reason: form.get('paso') });
    await services.statistics.releases[step](personIn(page), { month, stamp: form.get('visto') });
    return redirect(`/publicaciones/${month}`);
  },
};
