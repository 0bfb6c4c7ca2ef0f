import type { VNode } from 'preact';
import { signShort, verifyShort } from '../../../access/access-token.js';
import type { AcceptedSheet, SheetResult } from '../../../access/activate-account.js';
import { Button } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import type { Problem } from '../../problems.js';
import { ACTIVATE } from '../../texts/patient-activate.js';
import { sheetBirthDate, SheetFields, sheetProblems, type TypedSheet, typedSheet } from './sheet-fields.js';
import { waitText } from './wait-text.js';

/** Between the two steps, seconds. */
const STEP_SECONDS = 900;

interface ActivateProps {
  readonly sheet: Partial<TypedSheet>;
  readonly problems?: readonly Problem[];
}

function ActivateForm({ sheet, problems = [] }: ActivateProps): VNode {
  const say = useSay();
  return (
    <div class="rr-big">
      <ErrorSummary problems={problems} />
      <p>{say(ACTIVATE.intro)}</p>
      <Form action="/activar">
        <SheetFields sheet={sheet} problems={problems} />
        <Button label={ACTIVATE.button} />
      </Form>
      <h2>{say(ACTIVATE.noSheet)}</h2>
      <p>{say(ACTIVATE.noSheetText)}</p>
    </div>
  );
}

const again = (sheet: Partial<TypedSheet>, problems: readonly Problem[], status: number, seconds?: number): PageView =>
  view(ACTIVATE.title, <ActivateForm sheet={sheet} problems={problems} />, {
    status,
    mistakes: true,
    ...(seconds === undefined ? {} : { headers: { 'Retry-After': String(seconds) } }),
  });

/** The first step once more, because the code ended between the two. */
export const activationEnded = ({ say }: PageContext): PageView =>
  again({}, [{ text: say(ACTIVATE.ended), field: 'codigo' }], 422);

function refused({ say }: PageContext, sheet: TypedSheet, result: Extract<SheetResult, { refused: string }>): PageView {
  return result.refused === 'wait'
    ? again(sheet, [{ text: waitText(say, result.seconds) }], 429, result.seconds)
    : again(sheet, [{ text: say(ACTIVATE.wrong), field: 'codigo' }], 422);
}

/** The sheet that the first step accepted in this browser, when its code still works. */
export async function acceptedSheet({ http, services }: PageContext): Promise<AcceptedSheet | undefined> {
  const text = http.cookies.get('rr_activar');
  const { code } = (text === undefined ? undefined : verifyShort(services.keys, 'activation', text)) ?? {};
  return typeof code === 'string' ? services.activateAccount.resume(code) : undefined;
}

/** First step: the code that the clinic printed, and the birth date. */
export const activateForm: Page = {
  method: 'GET',
  path: '/activar',
  audience: 'anyone',
  handle: ({ query }) =>
    view(ACTIVATE.title, <ActivateForm sheet={{ code: (query.get('codigo') ?? '').slice(0, 40) }} />),
};

/** Checks the sheet and goes on to the choice of user name and password. */
export const activate: Page = {
  method: 'POST',
  path: '/activar',
  audience: 'anyone',
  async handle(page) {
    const { form, say, services, requestId, ip, http } = page;
    const sheet = typedSheet(form);
    const problems = sheetProblems(sheet, say);
    if (problems.length > 0) return again(sheet, problems, 422);
    const { code, pin } = sheet;
    const birthDate = sheetBirthDate(sheet) ?? '';
    const result = await services.activateAccount.check({ code, birthDate, pin, requestId, ip });
    if ('refused' in result) return refused(page, sheet, result);
    http.cookies.set('rr_activar', signShort(services.keys, 'activation', { code: result.sheet.code }, STEP_SECONDS));
    return redirect('/activar/cuenta');
  },
};
