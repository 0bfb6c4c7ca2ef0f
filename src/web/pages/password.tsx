import type { VNode } from 'preact';
import { passwordProblem } from '../../access/password-rules.js';
import { Button, LinkButton } from '../components/button.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Form } from '../components/form.js';
import { Notice } from '../components/notice.js';
import { TextField } from '../components/text-field.js';
import { useSay } from '../language.js';
import { type Page, redirect, view } from '../page.js';
import { COMMON } from '../texts/common.js';
import { SIGN_IN } from '../texts/sign-in.js';

/** What is wrong with each of the two fields. */
interface Mistakes {
  readonly actual?: string;
  readonly nueva?: string;
}

function PasswordForm({ mistakes }: { readonly mistakes: Mistakes }): VNode {
  const problems = Object.entries(mistakes).map(([field, text]) => ({ field, text: text as string }));
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form action="/clave">
        <TextField
          name="actual"
          label={SIGN_IN.current}
          type="password"
          autoComplete="current-password"
          width="medium"
          error={mistakes.actual}
        />
        <TextField
          name="nueva"
          label={SIGN_IN.fresh}
          hint={SIGN_IN.passwordHint}
          type="password"
          autoComplete="new-password"
          width="medium"
          error={mistakes.nueva}
        />
        <Button label={SIGN_IN.passwordButton} />
      </Form>
    </>
  );
}

function Done(): VNode {
  return (
    <>
      <Notice kind="good">
        <p>{useSay()(SIGN_IN.passwordDoneText)}</p>
      </Notice>
      <LinkButton label={COMMON.signIn} href="/entrar" kind="send" />
    </>
  );
}

export const passwordForm: Page = {
  method: 'GET',
  path: '/clave',
  audience: 'signed-in',
  handle: () => view(SIGN_IN.passwordTitle, <PasswordForm mistakes={{}} />),
};

/** Changes the own password: the current one is asked again, with the same back-off as at sign-in; all sessions end. */
export const changePassword: Page = {
  method: 'POST',
  path: '/clave',
  audience: 'signed-in',
  async handle(page) {
    const { form, say, services, requestId, ip, session, http } = page;
    const { sub } = page.signedIn();
    const fresh = form.raw('nueva');
    const again = (mistakes: Mistakes, status: number): ReturnType<typeof view> =>
      view(SIGN_IN.passwordTitle, <PasswordForm mistakes={mistakes} />, { status, mistakes: true });
    const problem = passwordProblem(fresh, { names: [sub, ...(session?.place === undefined ? [] : [session.place])] });
    if (problem) return again({ nueva: say(problem) }, 422);
    const result = await services.signIn.check({ name: sub, password: form.raw('actual'), ip, requestId });
    if ('refused' in result) {
      return result.refused === 'wait'
        ? again({ actual: say(SIGN_IN.wait, { time: say(SIGN_IN.seconds, { n: result.seconds }) }) }, 429)
        : again({ actual: say(SIGN_IN.currentWrong) }, 422);
    }
    await services.signIn.changePassword(sub, fresh, { requestId, ip });
    http.cookies.clear('rr_sesion');
    return redirect('/clave/lista');
  },
};

/** After the change: nobody is signed in any more. */
export const passwordChanged: Page = {
  method: 'GET',
  path: '/clave/lista',
  audience: 'anyone',
  handle: () => view(SIGN_IN.passwordDone, <Done />),
};
