import type { Bundle, Composition } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { codeSystemUrl } from '../../../config/canonical.js';
import { Notice } from '../../components/notice.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect, view } from '../../page.js';
import { facilityNames } from '../../resources/facility-names.js';
import { inBundle } from '../../resources/in-bundle.js';
import { RECORD } from '../../texts/patient-record.js';
import { calendarFile } from './calendar-file.js';
import { NextStep } from './next-step.js';
import { ownReferral } from './own-referrals.js';
import { ownVisit } from './offered-slots.js';
import { DONE_WORDS } from './my-visit.js';
import { narrativeLines } from './plain-narrative.js';
import type { TrackedReferral } from './tracked-referral.js';
import { VisitLinks } from './visit-form.js';

/** What the hospital wrote for the patient. */
interface Answer {
  readonly message: readonly string[];
  readonly warnings: readonly string[];
  readonly date: string;
  readonly place?: string | undefined;
}

const linesOf = ({ section = [] }: Composition, code: string): readonly string[] =>
  section
    .filter((one) =>
      one.code?.coding?.some((it) => it.system === codeSystemUrl('respuesta-section') && it.code === code),
    )
    .flatMap(({ text }) => narrativeLines(text?.div));

/** The newest answer to a referral, as far as it is for the patient. */
async function answerTo(page: PageContext, referral: string): Promise<Answer | undefined> {
  const { patient = '' } = page.signedIn();
  const { resource } = await page.fhir<Bundle>('GET', `Patient/${patient}/$everything?_type=Composition`);
  const answers = inBundle(resource, 'Composition')
    .filter(({ event = [] }) =>
      event.some(({ detail = [] }) =>
        detail.some(({ reference }) => reference?.endsWith(`ServiceRequest/${referral}`)),
      ),
    )
    .sort((a, b) => b.date.localeCompare(a.date));
  const [newest] = answers;
  if (!newest) return undefined;
  const names = await facilityNames(page, [newest.custodian?.reference]);
  return {
    message: linesOf(newest, 'patient-message'),
    warnings: linesOf(newest, 'warning-signs'),
    date: newest.date,
    place: [...names.values()][0],
  };
}

function Lines({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
    </>
  );
}

function Instructions({ answer }: { readonly answer: Answer }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { message, warnings, date, place = '' } = answer;
  return (
    <div class="rr-big">
      {message.length > 0 && (
        <Notice title={say(RECORD.instructions)}>
          <Lines lines={message} />
          <p class="rr-soft">{say(RECORD.answeredBy, { place, date: dateText(date, language) })}</p>
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice kind="warn" title={say(RECORD.warningSigns)}>
          <p>{say(RECORD.warningSignsText)}</p>
          <Lines lines={warnings} />
        </Notice>
      )}
    </div>
  );
}

interface BodyProps {
  readonly referral: TrackedReferral;
  readonly answer: Answer | undefined;
  /** What the person may do with the appointment. */
  readonly moves: ReadonlySet<string>;
  /** What was just done. */
  readonly done: string | null;
}

function Body({ referral, answer, moves, done }: BodyProps): VNode {
  const say = useSay();
  const words = done !== null && Object.hasOwn(DONE_WORDS, done) && DONE_WORDS[done as keyof typeof DONE_WORDS];
  return (
    <>
      {words && <Notice kind="good" title={say(words)} />}
      {answer && <Instructions answer={answer} />}
      <NextStep referral={referral} calendar={`/mi/referencias/${referral.id}/cita.ics`} />
      <VisitLinks id={referral.id} moves={moves} />
    </>
  );
}

/** What may be changed of a visit that lies ahead. */
async function movesOf(page: PageContext, { id, state, visit }: TrackedReferral): Promise<ReadonlySet<string>> {
  const ahead = state === 'scheduled' && visit !== undefined && Date.parse(visit.start) > Date.now();
  return ahead ? (await ownVisit(page, id)).moves : new Set();
}

/** One own referral: what the hospital wrote for the person, and what comes next. */
export const myReferral: Page = {
  method: 'GET',
  path: '/mi/referencias/:id',
  audience: ['patient'],
  async handle(page) {
    const id = page.params['id'] ?? '';
    const referral = await ownReferral(page, id);
    const { written = '' } = referral;
    const title = {
      es: page.say(RECORD.referralOf, { date: dateText(written, 'es') }),
      en: page.say(RECORD.referralOf, { date: dateText(written, 'en') }),
    };
    const [answer, moves] = await Promise.all([answerTo(page, id), movesOf(page, referral)]);
    return view(title, <Body {...{ referral, answer, moves }} done={page.query.get('hecho')} />);
  },
};

/** The visit for the calendar of the telephone. */
export const myCalendar: Page = {
  method: 'GET',
  path: '/mi/referencias/:id/cita.ics',
  audience: ['patient'],
  async handle(page) {
    const id = page.params['id'] ?? '';
    return calendarFile(await ownReferral(page, id), page.language) ?? redirect(`/mi/referencias/${id}`);
  },
};
