import type { VNode } from 'preact';
import { Button, LinkButton } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Notice } from '../../components/notice.js';
import { Pager } from '../../components/pager.js';
import { QueryForm } from '../../components/query-form.js';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import type { Problem } from '../../problems.js';
import { municipalityText } from '../../resources/person-details.js';
import { ageText, identifierTexts, nameOrUnknown, sexText } from '../../resources/person.js';
import { PEOPLE } from '../../texts/people.js';
import { FINDERS, REGISTRARS } from './audiences.js';
import { findPeople, type FoundPeople, type FoundPerson } from './find-people.js';
import { type Question, readBirth, readQuestion } from './read-question.js';
import { StrangerCard } from './stranger-card.js';

interface Asked {
  readonly text: string;
  readonly birth: string;
  readonly question: Question;
}

/** What is wrong with the question. */
function problemsOf({ text, birth, question }: Asked, page: PageContext): readonly Problem[] {
  const { say } = page;
  const born =
    birth !== '' && readBirth(birth) === undefined ? [{ text: say(PEOPLE.bornWrong), field: 'nacimiento' }] : [];
  switch (question.kind) {
    case 'broken-dni':
      return [{ text: say(PEOPLE.dniLength, { n: question.digits }), field: 'q' }, ...born];
    case 'no-letters':
      return [{ text: say(PEOPLE.wordsOnly), field: 'q' }, ...born];
    case 'nothing':
      return page.query.has('q') ? [{ text: say(PEOPLE.questionMissing), field: 'q' }, ...born] : born;
    case 'dni':
    case 'number':
    case 'names':
      return text === '' ? [] : born;
  }
}

function SearchForm({ asked, problems }: { readonly asked: Asked; readonly problems: readonly Problem[] }): VNode {
  const errorOf = (field: string): string | undefined => problems.find((one) => one.field === field)?.text;
  return (
    <QueryForm action="/pacientes">
      <TextField
        name="q"
        type="search"
        label={PEOPLE.question}
        hint={PEOPLE.questionHint}
        value={asked.text}
        error={errorOf('q')}
        maxLength={100}
        autoFocus={asked.text === ''}
      />
      <TextField
        name="nacimiento"
        label={PEOPLE.born}
        hint={PEOPLE.bornHint}
        value={asked.birth}
        error={errorOf('nacimiento')}
        width="short"
        maxLength={10}
        optional
      />
      <Button label={PEOPLE.search} />
    </QueryForm>
  );
}

/** Address of the form of registration with what was typed. */
function registerHref({ question }: Asked): string {
  const carried: Readonly<Record<string, string>> =
    question.kind === 'dni'
      ? { dni: question.dni }
      : question.kind === 'names'
        ? { nombres: question.words.join(' ') }
        : {};
  const query = new URLSearchParams(carried).toString();
  return query === '' ? '/pacientes/nuevo' : `/pacientes/nuevo?${query}`;
}

function RelatedTable({
  page,
  people,
}: {
  readonly page: PageContext;
  readonly people: readonly FoundPerson[];
}): VNode {
  const { say, language } = page;
  return (
    <Table
      caption={say(PEOPLE.results)}
      columns={[PEOPLE.name, PEOPLE.ageAndSex, PEOPLE.numbers, PEOPLE.place].map((name) => ({ name: say(name) }))}
      rows={people.map(({ patient }) => [
        <>
          <a class="rr-row__link" href={`/pacientes/${patient.id}`}>
            {nameOrUnknown(patient, say)}
          </a>
          {patient.deceasedBoolean || patient.deceasedDateTime ? <Tag label={PEOPLE.dead} tone="quiet" /> : null}
        </>,
        say(PEOPLE.ageSex, { age: ageText(patient, say), sex: sexText(patient, language) }),
        identifierTexts(patient, say).join(' · ') || say(PEOPLE.notSaid),
        municipalityText(patient) || say(PEOPLE.notSaid),
      ])}
    />
  );
}

function Found({
  page,
  asked,
  found,
}: {
  readonly page: PageContext;
  readonly asked: Asked;
  readonly found: FoundPeople;
}): VNode {
  const { say } = page;
  const byName = asked.question.kind === 'names';
  const related = found.people.filter((person) => person.related);
  const strangers = found.people.filter((person) => !person.related);
  const mayRegister = REGISTRARS.includes(page.signedIn().role);
  const next = new URLSearchParams({
    q: asked.text,
    ...(asked.birth === '' ? {} : { nacimiento: asked.birth }),
    sigue: found.next ?? '',
  });
  if (found.tooMany)
    return (
      <Notice kind="warn">
        <p>{say(PEOPLE.tooMany)}</p>
      </Notice>
    );
  if (found.people.length === 0)
    return (
      <EmptyState title={say(PEOPLE.noneTitle, { asked: asked.text })}>
        <p>{say(byName ? PEOPLE.noneByName : PEOPLE.noneByNumber)}</p>
        {mayRegister && (
          <p>
            <LinkButton label={PEOPLE.register} href={registerHref(asked)} kind="send" />
          </p>
        )}
      </EmptyState>
    );
  return (
    <>
      <p>{say(byName ? PEOPLE.byName : PEOPLE.byNumber)}</p>
      {related.length > 0 && <RelatedTable page={page} people={related} />}
      <Pager next={found.next === undefined ? undefined : `/pacientes?${next.toString()}`} />
      {strangers.length > 0 && (
        <>
          <h2>{say(PEOPLE.strangers)}</h2>
          <p>{say(PEOPLE.strangersText)}</p>
          {strangers.map(({ patient }) => (
            <StrangerCard page={page} patient={patient} />
          ))}
        </>
      )}
      {mayRegister && asked.question.kind !== 'dni' && (
        <p>
          {say(PEOPLE.notThese)} <a href={registerHref(asked)}>{say(PEOPLE.register)}</a>
        </p>
      )}
    </>
  );
}

/** Search for a person: one box, the answer below it. */
export const findPage: Page = {
  method: 'GET',
  path: '/pacientes',
  audience: FINDERS,
  nav: PEOPLE.nav,
  async handle(page) {
    const text = (page.query.get('q') ?? '').trim().slice(0, 100);
    const asked: Asked = { text, birth: (page.query.get('nacimiento') ?? '').trim(), question: readQuestion(text) };
    const problems = problemsOf(asked, page);
    const ready = problems.length === 0 && asked.question.kind !== 'nothing';
    const found = ready
      ? await findPeople(page, asked.question, readBirth(asked.birth), page.query.get('sigue') ?? undefined)
      : undefined;
    return view(
      PEOPLE.title,
      <>
        <ErrorSummary problems={problems} />
        <SearchForm asked={asked} problems={problems} />
        {found && <Found page={page} asked={asked} found={found} />}
        {!found && REGISTRARS.includes(page.signedIn().role) && (
          <p>
            <LinkButton label={PEOPLE.register} href="/pacientes/nuevo" />
          </p>
        )}
      </>,
      problems.length > 0 ? { status: 422, mistakes: true } : {},
    );
  },
};
