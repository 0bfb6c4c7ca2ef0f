import type { VNode } from 'preact';
import { dateIn } from '../../../config/honduras-time.js';
import type { CheckedTable, ProposedProblem, ProposedTable } from '../../../referral/deadlines/deadline-desk.js';
import type { Edition } from '../../../referral/deadlines/edition.js';
import { DEADLINE_ROLES } from '../../../referral/deadlines/load-edition.js';
import { deadlineCsv } from '../../../referral/deadlines/table-text.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import { Table } from '../../components/table.js';
import { TextArea } from '../../components/text-area.js';
import { TextField } from '../../components/text-field.js';
import { dateText } from '../../dates.js';
import { type Language, type Say, useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { DEADLINES } from '../../texts/deadlines.js';
import { EditionHistory, EditionTerms } from './edition-view.js';

const PATH = '/plazos';
/** Part of a proposed table -> name of its field. */
const FIELDS = { text: 'tabla', validFrom: 'desde', approvedBy: 'aprobada', note: 'nota' } as const;
const AUDIENCE = [...DEADLINE_ROLES];

/** What stands in the form, as typed. */
type Typed = Readonly<Record<keyof typeof FIELDS, string>>;

const typedIn = ({ form }: PageContext): Typed => ({
  text: form.get(FIELDS.text),
  validFrom: form.get(FIELDS.validFrom),
  approvedBy: form.get(FIELDS.approvedBy),
  note: form.get(FIELDS.note),
});

/** The rows in force, valid from today: what a change starts from. */
const unchanged = (current: Edition): Typed => ({
  text: deadlineCsv(current).join('\n'),
  validFrom: dateIn(new Date()),
  approvedBy: '',
  note: '',
});

/** What was left empty is told as missing by the check. */
const proposedBy = ({ note, ...rest }: Typed): ProposedTable => ({ ...rest, ...(note === '' ? {} : { note }) });

const fieldOf = (place: string): string => {
  const [name = ''] = place.split(/[.[]/);
  return name in FIELDS ? FIELDS[name as keyof typeof FIELDS] : FIELDS.text;
};

const problemOf = (say: Say, { place, line, words }: ProposedProblem): Problem => {
  const text = place === '' ? say(words) : `${place}: ${say(words)}`;
  return {
    text: line === undefined ? text : say(DEADLINES.line, { line, text }),
    field: line === undefined ? fieldOf(place) : FIELDS.text,
  };
};

interface DeskProps {
  readonly current: Edition;
  readonly editions: readonly Edition[];
  readonly typed: Typed;
  readonly problems?: readonly Problem[];
  readonly checked?: Extract<CheckedTable, { ok: true }>;
  readonly saved?: Edition | undefined;
}

/** What the proposed table would change. */
function Preview({ checked: { changes } }: { readonly checked: NonNullable<DeskProps['checked']> }): VNode {
  const say = useSay();
  return (
    <>
      <Notice kind="warn" title={say(DEADLINES.preview)}>
        <p>{say(DEADLINES.previewText)}</p>
      </Notice>
      {changes.length === 0 ? (
        <EmptyState title={say(DEADLINES.noChanges)} />
      ) : (
        <Table
          caption={say(DEADLINES.preview)}
          columns={[{ name: say(DEADLINES.row) }, { name: say(DEADLINES.before) }, { name: say(DEADLINES.after) }]}
          rows={changes.map(({ key, before, after }) => [
            key,
            before ?? say(DEADLINES.none),
            after ?? say(DEADLINES.none),
          ])}
        />
      )}
    </>
  );
}

function TableForm({ typed, problems = [], checked }: Pick<DeskProps, 'typed' | 'problems' | 'checked'>): VNode {
  const errorOf = (name: string): string | undefined => problems.find(({ field }) => field === name)?.text;
  const shared = (part: keyof typeof FIELDS) => ({
    name: FIELDS[part],
    value: typed[part],
    error: errorOf(FIELDS[part]),
  });
  return (
    <Form action={PATH}>
      <TextArea {...shared('text')} label={DEADLINES.table} hint={DEADLINES.tableHint} rows={20} />
      <TextField {...shared('validFrom')} label={DEADLINES.validFrom} type="date" width="medium" />
      <TextField
        {...shared('approvedBy')}
        label={DEADLINES.whoApproved}
        hint={DEADLINES.whoApprovedHint}
        maxLength={200}
      />
      <TextField {...shared('note')} label={DEADLINES.note} maxLength={1_000} optional />
      {checked && <Button label={DEADLINES.load} name="paso" value="poner" />}
      <Button label={DEADLINES.check} name="paso" value="revisar" kind={checked ? 'plain' : 'send'} />
    </Form>
  );
}

function Desk({ current, editions, typed, problems = [], checked, saved }: DeskProps): VNode {
  const say = useSay();
  const language = useLanguage();
  return (
    <>
      <ErrorSummary problems={problems} />
      {saved && (
        <Notice kind="good" title={say(DEADLINES.done, { number: saved.number })}>
          <p>{say(DEADLINES.doneText, { date: dateText(saved.validFrom, language) })}</p>
        </Notice>
      )}
      {checked && <Preview checked={checked} />}
      <p>{say(DEADLINES.intro)}</p>
      {!checked && problems.length === 0 && (
        <>
          <h2>{say(DEADLINES.current, { number: current.number, date: dateText(current.validFrom, language) })}</h2>
          <p>{say(DEADLINES.approved, { who: current.approvedBy })}</p>
          <EditionTerms edition={current} />
          <EditionHistory editions={editions} />
        </>
      )}
      <h2>{say(DEADLINES.make)}</h2>
      <TableForm typed={typed} problems={problems} {...(checked ? { checked } : {})} />
    </>
  );
}

/** The edition in force, all there were, and the form for the next one. */
export const deadlinesDesk: Page = {
  method: 'GET',
  path: PATH,
  audience: AUDIENCE,
  nav: DEADLINES.nav,
  async handle(page) {
    const { current, editions } = await page.services.deadlines.overview(page.signedIn());
    const saved = editions.find(({ number }) => String(number) === page.query.get('guardada'));
    return view(
      DEADLINES.title,
      <Desk current={current} editions={editions} typed={unchanged(current)} saved={saved} />,
    );
  },
};

/** Places of refusals of the rules -> fields. */
const PLACES: Readonly<Record<string, string>> = FIELDS;

const refusals = (error: unknown, language: Language): readonly Problem[] => problemsOf(error, language, PLACES);

/** Checks a new table and shows what it changes; puts it in force when the person has seen that. */
export const proposeDeadlines: Page = {
  method: 'POST',
  path: PATH,
  audience: AUDIENCE,
  async handle(page) {
    const { say, language, services } = page;
    const caller = page.signedIn();
    const typed = typedIn(page);
    const proposed = proposedBy(typed);
    const again = async (props: Pick<DeskProps, 'problems' | 'checked'>, status = 200): Promise<PageView> => {
      const overview = await services.deadlines.overview(caller);
      const body = <Desk {...overview} typed={typed} {...props} />;
      return view(DEADLINES.title, body, status === 200 ? {} : { status, mistakes: true });
    };
    try {
      const result =
        page.form.get('paso') === 'poner'
          ? await services.deadlines.load(caller, proposed)
          : await services.deadlines.check(caller, proposed);
      if ('number' in result) return redirect(`${PATH}?guardada=${result.number}`);
      if (result.ok) return await again({ checked: result });
      return await again({ problems: result.problems.map((problem) => problemOf(say, problem)) }, 422);
    } catch (error) {
      const problems = refusals(error, language);
      return again({ problems }, (error as { status?: number }).status ?? 422);
    }
  },
};
