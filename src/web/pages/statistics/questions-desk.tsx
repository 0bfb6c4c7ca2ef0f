import type { VNode } from 'preact';
import { fault, isServiceError } from '../../../errors.js';
import { DUTIES, hasDuty } from '../../../statistics/duties.js';
import { QUESTION_LENGTHS, QUESTION_SUBJECTS, type QuestionState } from '../../../statistics/questions/question.js';
import {
  ALL_DECISIONS,
  type Decision,
  DECISIONS,
  decisionsIn,
  type ReceivedQuestion,
} from '../../../statistics/questions/question-desk.js';
import type { Words } from '../../../words.js';
import { Button, type ButtonKind } from '../../components/button.js';
import { ChangedMeanwhile } from '../../components/changed-meanwhile.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { Tag, type TagTone } from '../../components/tag.js';
import { TextArea } from '../../components/text-area.js';
import { timeText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import { isChangedMeanwhile } from '../../problems.js';
import { COMMON } from '../../texts/common.js';
import { QUESTIONS } from '../../texts/statistics-questions.js';

const PATH = '/publicaciones/preguntas';

const STATES: Readonly<Record<QuestionState, Words & { readonly tone: TagTone }>> = {
  waiting: { ...QUESTIONS.waiting, tone: 'soon' },
  released: { ...QUESTIONS.released, tone: 'soon' },
  answered: { ...QUESTIONS.answered, tone: 'calm' },
  declined: { ...QUESTIONS.notPossible, tone: 'quiet' },
  removed: { ...QUESTIONS.removed, tone: 'quiet' },
};
const BUTTONS: Readonly<Record<Decision, ButtonKind>> = {
  answer: 'send',
  decline: 'plain',
  release: 'plain',
  remove: 'danger',
};
/** In the order of the page: the answer first. */
const ORDER: readonly Decision[] = ['answer', 'decline', 'release', 'remove'];

/** A reply that could not be published, to be mended. */
interface Draft {
  readonly id: string;
  readonly reply: string;
  readonly error: string;
}

const replyField = (id: string): string => `respuesta-${id}`;

function Decide({
  question,
  draft,
}: {
  readonly question: ReceivedQuestion;
  readonly draft?: Draft | undefined;
}): VNode {
  const { id, version, state } = question;
  const possible = decisionsIn(state);
  const field = replyField(id);
  return (
    <Form action={PATH}>
      <input type="hidden" name="pregunta" value={id} />
      <input type="hidden" name="visto" value={version} />
      {possible.some((decision) => DECISIONS[decision].reply) && (
        <TextArea name={field} label={QUESTIONS.reply} value={draft?.reply ?? ''} error={draft?.error} />
      )}
      {ORDER.filter((decision) => possible.includes(decision)).map((decision) => (
        <Button label={QUESTIONS[`do-${decision}`]} kind={BUTTONS[decision]} name="decision" value={decision} />
      ))}
    </Form>
  );
}

function Received({
  questions,
  mayAnswer,
  draft,
}: {
  readonly questions: readonly ReceivedQuestion[];
  readonly mayAnswer: boolean;
  readonly draft?: Draft;
}): VNode {
  const say = useSay();
  const language = useLanguage();
  return (
    <>
      <ErrorSummary problems={draft ? [{ text: draft.error, field: replyField(draft.id) }] : []} />
      <p>{say(QUESTIONS.staffIntro)}</p>
      {mayAnswer && <p>{say(QUESTIONS.removeHint)}</p>}
      {questions.length === 0 && (
        <EmptyState title={say(QUESTIONS.staffNone)}>
          <p>{say(QUESTIONS.staffNoneText)}</p>
        </EmptyState>
      )}
      {questions.map((question) => {
        const { subject, askedAt, text, state, reply, organisation, email } = question;
        const contact = [organisation, email].filter((one) => one !== undefined).join(', ');
        return (
          <article class="rr-question">
            <h2>{`${say(QUESTION_SUBJECTS[subject])}, ${timeText(askedAt, language)}`}</h2>
            <p>
              <Tag label={STATES[state]} tone={STATES[state].tone} />
            </p>
            <p class="rr-question__text">{text}</p>
            <Facts
              facts={[
                ...(mayAnswer ? [{ name: say(QUESTIONS.contact), value: contact || say(QUESTIONS.noContact) }] : []),
                ...(reply === undefined ? [] : [{ name: say(STATES[state]), value: reply }]),
              ]}
            />
            {mayAnswer && <Decide question={question} draft={draft?.id === question.id ? draft : undefined} />}
          </article>
        );
      })}
      <p>
        <a href="/datos/preguntas">{say(QUESTIONS.title)}</a>
      </p>
    </>
  );
}

async function deskPage(page: PageContext, draft?: Draft): Promise<PageView> {
  const caller = page.signedIn();
  const { requestId, ip } = page;
  const questions = await page.services.statistics.questions.received({ caller, requestId, ip });
  return view(
    QUESTIONS.staffTitle,
    <Received questions={questions} mayAnswer={hasDuty(caller.role, 'answer')} {...(draft ? { draft } : {})} />,
    draft ? { status: 422, mistakes: true } : {},
  );
}

/** What the public asked; the ministry answers here. */
export const questionsDesk: Page = {
  method: 'GET',
  path: PATH,
  audience: DUTIES.review,
  nav: QUESTIONS.staffNav,
  handle: (page) => deskPage(page),
};

/** Answers, declines, shows or removes a question. */
export const decideQuestion: Page = {
  method: 'POST',
  path: PATH,
  audience: DUTIES.answer,
  async handle(page) {
    const { form, say, requestId, ip } = page;
    const decision = ALL_DECISIONS.find((one) => one === form.get('decision'));
    if (!decision) throw fault('operation-parameter', { parameter: 'decision', reason: form.get('decision') });
    const id = form.get('pregunta');
    const reply = form.get(replyField(id));
    if (DECISIONS[decision].reply && (reply === '' || reply.length > QUESTION_LENGTHS.reply)) {
      const error = say(reply === '' ? QUESTIONS.replyMissing : QUESTIONS.replyLong, { max: QUESTION_LENGTHS.reply });
      return deskPage(page, { id, reply, error });
    }
    try {
      await page.services.statistics.questions.decide({ caller: page.signedIn(), requestId, ip }, decision, {
        id,
        version: Number(form.get('visto')),
        reply,
      });
    } catch (error) {
      if (!isServiceError(error) || !isChangedMeanwhile(error)) throw error;
      const kept = reply === '' ? [] : [{ name: say(QUESTIONS.reply), value: reply }];
      return view(COMMON.changedTitle, <ChangedMeanwhile href={PATH} kept={kept} />, { status: error.status });
    }
    return redirect(PATH);
  },
};
