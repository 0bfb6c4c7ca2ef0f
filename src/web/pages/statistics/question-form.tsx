import type { VNode } from 'preact';
import { isServiceError } from '../../../errors.js';
import {
  type AskedQuestion,
  QUESTION_LENGTHS,
  QUESTION_SUBJECTS,
  type QuestionMistake,
  questionMistakes,
} from '../../../statistics/questions/question.js';
import type { PublicQuestion } from '../../../statistics/questions/question-desk.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import { TextArea } from '../../components/text-area.js';
import { TextField } from '../../components/text-field.js';
import { dateText } from '../../dates.js';
import { type Say, useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect, view } from '../../page.js';
import type { Problem } from '../../problems.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { QUESTIONS } from '../../texts/statistics-questions.js';
import { fillWords } from './fill-words.js';

const PATH = '/datos/preguntas';
/** Part of a question -> name of its field. */
const FIELDS = {
  subject: 'tema',
  text: 'pregunta',
  organisation: 'organizacion',
  email: 'correo',
} as const satisfies Readonly<Record<keyof AskedQuestion, string>>;
const PARTS = Object.keys(FIELDS) as readonly (keyof AskedQuestion)[];
const NOTHING: AskedQuestion = { subject: '', text: '', organisation: '', email: '' };

const askedIn = ({ form }: PageContext): AskedQuestion => ({
  subject: form.get(FIELDS.subject),
  text: form.get(FIELDS.text),
  organisation: form.get(FIELDS.organisation),
  email: form.get(FIELDS.email),
});

const mistakeText = (say: Say, mistake: QuestionMistake): string =>
  say(QUESTIONS[`mistake-${mistake}`], QUESTION_LENGTHS.text);

type Mistakes = Partial<Record<keyof AskedQuestion, string>>;

/** What everybody sees of the questions. */
function QuestionList({ questions }: { readonly questions: readonly PublicQuestion[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  if (questions.length === 0) return <EmptyState title={say(QUESTIONS.none)} />;
  return (
    <>
      <h2>{say(QUESTIONS.list)}</h2>
      {questions.map(({ subject, text, askedAt, state, reply, repliedAt }) => (
        <article class="rr-question">
          <h3>
            {say(QUESTIONS.asked, { subject: say(QUESTION_SUBJECTS[subject]), date: dateText(askedAt, language) })}
          </h3>
          <p class="rr-question__text">{text}</p>
          {reply === undefined || !repliedAt ? (
            <p>{say(QUESTIONS.unanswered)}</p>
          ) : (
            <>
              <p>
                <strong>
                  {say(state === 'declined' ? QUESTIONS.declined : QUESTIONS.answer, {
                    date: dateText(repliedAt, language),
                  })}
                </strong>
              </p>
              <p class="rr-question__text">{reply}</p>
            </>
          )}
        </article>
      ))}
    </>
  );
}

function QuestionForm({ asked, mistakes }: { readonly asked: AskedQuestion; readonly mistakes: Mistakes }): VNode {
  const say = useSay();
  return (
    <Form action={PATH}>
      <Choices
        name={FIELDS.subject}
        label={QUESTIONS.subject}
        choices={Object.entries(QUESTION_SUBJECTS).map(([value, words]) => ({ value, text: say(words) }))}
        chosen={[asked.subject]}
        error={mistakes.subject}
      />
      <Notice kind="warn">
        <p>{say(QUESTIONS.noPersons)}</p>
      </Notice>
      <TextArea
        name={FIELDS.text}
        label={QUESTIONS.text}
        hint={fillWords(QUESTIONS.textHint, () => QUESTION_LENGTHS.text)}
        value={asked.text}
        error={mistakes.text}
      />
      <TextField
        name={FIELDS.organisation}
        label={QUESTIONS.organisation}
        hint={QUESTIONS.private}
        value={asked.organisation}
        error={mistakes.organisation}
        autoComplete="organization"
        maxLength={QUESTION_LENGTHS.organisation}
        optional
      />
      <TextField
        name={FIELDS.email}
        label={QUESTIONS.email}
        hint={QUESTIONS.emailHint}
        value={asked.email}
        error={mistakes.email}
        autoComplete="email"
        maxLength={QUESTION_LENGTHS.email}
        optional
      />
      <Button label={QUESTIONS.send} />
    </Form>
  );
}

interface QuestionsProps {
  readonly questions: readonly PublicQuestion[];
  readonly asked?: AskedQuestion;
  readonly mistakes?: Mistakes;
  /** What is wrong with the whole form. */
  readonly refused?: string;
  readonly sent?: boolean;
}

function Questions({ questions, asked = NOTHING, mistakes = {}, refused, sent = false }: QuestionsProps): VNode {
  const say = useSay();
  const problems: readonly Problem[] = [
    ...(refused === undefined ? [] : [{ text: refused }]),
    ...PARTS.flatMap((part) => {
      const text = mistakes[part];
      return text === undefined ? [] : [{ text, field: FIELDS[part] }];
    }),
  ];
  return (
    <>
      <ErrorSummary problems={problems} />
      {sent && (
        <Notice kind="good" title={say(QUESTIONS.sent)}>
          <p>{say(QUESTIONS.sentText)}</p>
        </Notice>
      )}
      <p>{say(QUESTIONS.intro)}</p>
      <h2>{say(QUESTIONS.form)}</h2>
      <QuestionForm asked={asked} mistakes={mistakes} />
      <QuestionList questions={questions} />
      <p>
        <a href="/datos">{say(OPEN_DATA.all)}</a>
      </p>
    </>
  );
}

/** Questions and answers about the data, and the form to ask. */
export const questionForm: Page = {
  method: 'GET',
  path: PATH,
  audience: 'anyone',
  handle: async ({ services, query }) =>
    view(
      QUESTIONS.title,
      <Questions questions={await services.statistics.questions.published()} sent={query.has('enviada')} />,
    ),
};

/** Takes a question; it becomes public when the ministry has read it. */
export const askQuestion: Page = {
  method: 'POST',
  path: PATH,
  audience: 'anyone',
  async handle(page) {
    const { say, ip, services } = page;
    const { questions } = services.statistics;
    const asked = askedIn(page);
    const found = questionMistakes(asked);
    const again = async (props: Pick<QuestionsProps, 'mistakes' | 'refused'>, status: number, headers = {}) =>
      view(QUESTIONS.title, <Questions questions={await questions.published()} asked={asked} {...props} />, {
        status,
        headers,
        mistakes: true,
      });
    if (Object.keys(found).length > 0) {
      const mistakes = Object.fromEntries(
        Object.entries(found).map(([part, mistake]) => [part, mistakeText(say, mistake)]),
      );
      return again({ mistakes }, 422);
    }
    try {
      await questions.ask(asked, { ip });
    } catch (error) {
      if (!isServiceError(error) || error.code !== 'too-many') throw error;
      const seconds = Number(error.findings[0]?.params?.['seconds'] ?? 60);
      const refused = say(QUESTIONS['too-many'], { minutes: Math.ceil(seconds / 60) });
      return again({ refused }, error.status, error.headers);
    }
    return redirect(`${PATH}?enviada=1`);
  },
};
