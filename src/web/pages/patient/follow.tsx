import type { Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import type { ServiceError } from '../../../errors.js';
import { Button, LinkButton } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import type { Problem } from '../../problems.js';
import { FOLLOW } from '../../texts/patient-follow.js';
import { VISIT } from '../../texts/patient-visit.js';
import { calendarFile } from './calendar-file.js';
import { NextStep } from './next-step.js';
import { giveTicket, heldTicket, withoutAccount } from './paper-ticket.js';
import { sheetBirthDate, SheetFields, sheetProblems, type TypedSheet, typedSheet } from './sheet-fields.js';
import { type TrackedReferral, trackedReferral } from './tracked-referral.js';
import { waitText } from './wait-text.js';

interface FollowProps {
  readonly sheet: Partial<TypedSheet>;
  readonly problems?: readonly Problem[];
}

function FollowForm({ sheet, problems = [] }: FollowProps): VNode {
  const say = useSay();
  return (
    <div class="rr-big">
      <ErrorSummary problems={problems} />
      <p>{say(FOLLOW.intro)}</p>
      <Form action="/seguir">
        <SheetFields sheet={sheet} problems={problems} />
        <Button label={FOLLOW.button} />
      </Form>
      <h2>{say(FOLLOW.lost)}</h2>
      <p>{say(FOLLOW.lostText)}</p>
    </div>
  );
}

const again = (sheet: TypedSheet, problems: readonly Problem[], options: { status: number; wait?: string }): PageView =>
  view(FOLLOW.title, <FollowForm sheet={sheet} problems={problems} />, {
    status: options.status,
    mistakes: true,
    ...(options.wait === undefined ? {} : { headers: { 'Retry-After': options.wait } }),
  });

/** The form again, with the reason why nothing is shown. */
function refused(page: PageContext, sheet: TypedSheet, error: ServiceError): PageView {
  const wait = error.headers['Retry-After'];
  if (error.status === 429)
    return again(sheet, [{ text: waitText(page.say, Number(wait ?? 60)) }], { status: 429, wait: wait ?? '60' });
  return again(sheet, [{ text: page.say(FOLLOW.wrong), field: 'codigo' }], { status: 422 });
}

/** Code and birth date; the QR of a sheet fills the code in. */
export const followForm: Page = {
  method: 'GET',
  path: '/seguir',
  audience: 'anyone',
  handle: ({ query }) => view(FOLLOW.title, <FollowForm sheet={{ code: (query.get('codigo') ?? '').slice(0, 40) }} />),
};

/** Opens the referral of the sheet for a quarter of an hour in this browser. */
export const follow: Page = {
  method: 'POST',
  path: '/seguir',
  audience: 'anyone',
  async handle(page) {
    const sheet = typedSheet(page.form);
    const problems = sheetProblems(sheet, page.say);
    if (problems.length > 0) return again(sheet, problems, { status: 422 });
    const birthDate = sheetBirthDate(sheet);
    const proof =
      birthDate === undefined ? { name: 'pin', valueString: sheet.pin } : { name: 'birthDate', valueDate: birthDate };
    const body: Parameters = {
      resourceType: 'Parameters',
      parameter: [{ name: 'code', valueString: sheet.code }, proof],
    };
    const answer = await withoutAccount(page).tryFhir<Parameters>('POST', 'ServiceRequest/$track', body);
    if (!answer.ok) return refused(page, sheet, answer.error);
    giveTicket(page, trackedReferral(answer.resource).id);
    return redirect('/seguir/estado');
  },
};

/** The referral of the ticket; undefined when there is none (any more). */
async function held(page: PageContext): Promise<TrackedReferral | undefined> {
  const ticket = heldTicket(page);
  const answer = ticket && (await ticket.fhir.tryFhir<Parameters>('GET', `ServiceRequest/${ticket.referral}/$track`));
  return answer?.ok ? trackedReferral(answer.resource) : undefined;
}

function Finish(): VNode {
  const say = useSay();
  return (
    <Form action="/seguir/terminar">
      <p>{say(FOLLOW.closeHint)}</p>
      <Button label={FOLLOW.close} kind="plain" />
    </Form>
  );
}

/** The sheet shows, and changes nothing: that is for the person's own account, or the telephone. */
function NoChange(): VNode {
  const say = useSay();
  return (
    <section class="rr-big">
      <h2>{say(VISIT.question)}</h2>
      <p>{say(VISIT.withCode)}</p>
      <LinkButton label={VISIT.signIn} href="/entrar?volver=%2Fmi%2Freferencias" />
    </section>
  );
}

/** Where the referral stands; nothing about the person in the address. */
export const followed: Page = {
  method: 'GET',
  path: '/seguir/estado',
  audience: 'anyone',
  async handle(page) {
    const referral = await held(page);
    if (!referral) return redirect('/seguir');
    return view(
      FOLLOW.resultTitle,
      <>
        <NextStep referral={referral} calendar="/seguir/cita.ics" />
        {referral.visit && <NoChange />}
        <Finish />
      </>,
    );
  },
};

/** The visit for the calendar of the telephone. */
export const followedCalendar: Page = {
  method: 'GET',
  path: '/seguir/cita.ics',
  audience: 'anyone',
  async handle(page) {
    const referral = await held(page);
    return (referral && calendarFile(referral, page.language)) ?? redirect('/seguir/estado');
  },
};

/** Forgets the referral in this browser. */
export const followedEnd: Page = {
  method: 'POST',
  path: '/seguir/terminar',
  audience: 'anyone',
  handle({ http }) {
    http.cookies.clear('rr_seguir');
    return redirect('/seguir');
  },
};
