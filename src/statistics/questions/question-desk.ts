import { v7 } from 'uuid';
import { type BackOffTable, createAttemptLimits } from '../../access/attempt-limits.js';
import { fault, ServiceError } from '../../errors.js';
import type { Store } from '../../store/store.js';
import { actorFor, recordWork, type SignedInPerson } from '../actor.js';
import {
  type AskedQuestion,
  QUESTION_LENGTHS,
  type QuestionState,
  type QuestionSubject,
  questionMistakes,
} from './question.js';

/** What everybody sees of a question. */
export interface PublicQuestion {
  readonly id: string;
  readonly subject: QuestionSubject;
  readonly text: string;
  readonly askedAt: Date;
  readonly state: QuestionState;
  readonly reply?: string;
  readonly repliedAt?: Date;
}

/** What the people who answer see beside it. */
export interface ReceivedQuestion extends PublicQuestion {
  readonly organisation?: string;
  readonly email?: string;
  /** Grows with every change; sent back with a decision. */
  readonly version: number;
}

interface QuestionDocument extends Omit<ReceivedQuestion, 'id'> {
  readonly _id: string;
  readonly decidedBy?: string;
}

/** What may be done with a question: the state it leads to, and from which. A reply is public. */
export const DECISIONS = {
  release: { to: 'released', from: ['waiting'], reply: false },
  answer: { to: 'answered', from: ['waiting', 'released'], reply: true },
  decline: { to: 'declined', from: ['waiting', 'released'], reply: true },
  remove: { to: 'removed', from: ['waiting', 'released', 'answered', 'declined'], reply: false },
} as const satisfies Readonly<
  Record<string, { readonly to: QuestionState; readonly from: readonly QuestionState[]; readonly reply: boolean }>
>;
export type Decision = keyof typeof DECISIONS;
export const ALL_DECISIONS = Object.keys(DECISIONS) as readonly Decision[];

/** Decisions that are possible in a state. */
export const decisionsIn = (state: QuestionState): readonly Decision[] =>
  ALL_DECISIONS.filter((name) => (DECISIONS[name].from as readonly QuestionState[]).includes(state));

export interface QuestionDesk {
  /**
   * Takes a question of anybody; nobody but the ministry sees it until it is released or answered.
   * @throws ServiceError 422 for what `questionMistakes` finds, 429 when an address asks too often or too many wait
   */
  ask(question: AskedQuestion, from: { readonly ip: string }): Promise<void>;
  /** Questions that are public, newest first. */
  published(): Promise<readonly PublicQuestion[]>;
  /** Questions that wait first, then the others, newest first. Contacts only for who answers. @throws ServiceError 403 */
  received(person: SignedInPerson): Promise<readonly ReceivedQuestion[]>;
  /** @throws ServiceError 403, 404, 412 when somebody decided meanwhile, 422 when the reply is missing or too long */
  decide(
    person: SignedInPerson,
    decision: Decision,
    about: { readonly id: string; readonly version: number; readonly reply: string },
  ): Promise<void>;
}

/** A handful of questions a day from one address; from all together as many as one person can read. */
const LIMITS: BackOffTable = {
  'account-address': { free: 5, first: 300, longest: 3_600 },
  account: { free: 300, first: 30, longest: 300 },
  address: { free: 5, first: 300, longest: 3_600 },
};
/** The limits count by what is tried; here that is one and the same form. */
const FORM = 'form';
/** More are not taken until some are answered: the form must not fill the database. */
const MOST_WAITING = 500;
const FULL_SECONDS = 3_600;
const SHOWN = 100;
const PUBLIC: readonly QuestionState[] = ['released', 'answered', 'declined'];

const tooMany = (seconds: number): ServiceError =>
  new ServiceError({ code: 'too-many', params: { seconds } }, { headers: { 'Retry-After': String(seconds) } });

const published = ({ _id, subject, text, askedAt, state, reply, repliedAt }: QuestionDocument): PublicQuestion => ({
  id: _id,
  subject,
  text,
  askedAt,
  state,
  ...(reply === undefined ? {} : { reply }),
  ...(repliedAt ? { repliedAt } : {}),
});

export function createQuestionDesk(store: Store): QuestionDesk {
  const questions = () => store.support<QuestionDocument>('questions');
  const limits = createAttemptLimits(store, 'question', LIMITS);
  const find = (states: readonly QuestionState[]): Promise<QuestionDocument[]> =>
    questions()
      .find({ state: { $in: [...states] } }, { sort: { askedAt: -1 }, limit: SHOWN, maxTimeMS: 5_000 })
      .toArray();

  return {
    async ask(asked, { ip }) {
      const [mistake] = Object.entries(questionMistakes(asked));
      if (mistake) throw fault('operation-parameter', { parameter: mistake[0], reason: mistake[1] });
      const wait = await limits.begin(FORM, ip);
      if (wait > 0) throw tooMany(wait);
      if ((await questions().countDocuments({ state: 'waiting' }, { limit: MOST_WAITING })) >= MOST_WAITING)
        throw tooMany(FULL_SECONDS);
      const { subject, text, organisation, email } = asked;
      await questions().insertOne(
        {
          _id: v7(),
          subject: subject as QuestionSubject,
          text,
          askedAt: new Date(),
          state: 'waiting',
          version: 1,
          ...(organisation === '' ? {} : { organisation }),
          ...(email === '' ? {} : { email }),
        },
        { writeConcern: { w: 'majority' } },
      );
    },
    published: async () => (await find(PUBLIC)).map(published),
    async received(person) {
      const { role } = await actorFor(store, person, 'review');
      const found = [...(await find(['waiting'])), ...(await find(PUBLIC))];
      return found.map((question) => ({
        ...published(question),
        version: question.version,
        ...(role === 'statistics' && question.organisation !== undefined
          ? { organisation: question.organisation }
          : {}),
        ...(role === 'statistics' && question.email !== undefined ? { email: question.email } : {}),
      }));
    },
    async decide(person, decision, { id, version, reply }) {
      const actor = await actorFor(store, person, 'answer');
      const { to, reply: replies } = DECISIONS[decision];
      if (replies && (reply === '' || reply.length > QUESTION_LENGTHS.reply))
        throw fault('field-missing', { operation: decision, field: 'reply' });
      const current = await questions().findOne({ _id: id });
      if (!current) throw fault('not-found', { type: 'question', id });
      if (current.version !== version || !decisionsIn(current.state).includes(decision))
        throw fault('version-conflict', { type: 'question', id, current: current.version });
      await recordWork(store, actor, {
        act: 'E',
        sub: `statistics-question-${decision}`,
        ok: true,
        det: { question: id, state: to },
      });
      const change = {
        $set: {
          state: to,
          decidedBy: actor.name,
          version: version + 1,
          ...(replies ? { reply, repliedAt: new Date() } : {}),
          ...(to === 'removed' ? { text: '' } : {}),
        },
        ...(to === 'removed' ? { $unset: { organisation: '' as const, email: '' as const, reply: '' as const } } : {}),
      };
      const moved = await questions().updateOne({ _id: id, version }, change, { writeConcern: { w: 'majority' } });
      if (moved.matchedCount === 0) throw fault('version-conflict', { type: 'question', id, current: version + 1 });
    },
  };
}
