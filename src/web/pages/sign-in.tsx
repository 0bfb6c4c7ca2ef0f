import type { VNode } from 'preact';
import { DEMO_PASSWORD } from '../../access/demo-password.js';
import { SIGN_IN_PATH } from '../../access/pages-client.js';
import type { SignInResult } from '../../access/sign-in.js';
import { Button, LinkButton } from '../components/button.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Form } from '../components/form.js';
import { Notice } from '../components/notice.js';
import { TextField } from '../components/text-field.js';
import { useSay } from '../language.js';
import type { PageContext } from '../page-context.js';
import { type Page, type PageView, redirect, view } from '../page.js';
import type { Problem } from '../problems.js';
import { SIGN_IN } from '../texts/sign-in.js';
import { authorizationUrl, FLOW_SECONDS, flowText, newFlow } from '../sign-in/flow.js';

interface SignInFormProps {
  readonly action: string;
  readonly user?: string;
  readonly problems?: readonly Problem[];
  readonly demonstration: boolean;
}

/** Name and password; what was wrong stands above, the same words for both fields. */
export function SignInForm({ action, user = '', problems = [], demonstration }: SignInFormProps): VNode {
  const say = useSay();
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form action={action}>
        <TextField name="usuario" label={SIGN_IN.user} value={user} autoComplete="username" width="medium" />
        <TextField
          name="clave"
          label={SIGN_IN.password}
          type="password"
          autoComplete="current-password"
          width="medium"
        />
        <Button label={SIGN_IN.button} />
      </Form>
      {demonstration && (
        <Notice>
          <p>{say(SIGN_IN.demo, { password: DEMO_PASSWORD })}</p>
        </Notice>
      )}
    </>
  );
}

const form = (page: PageContext, more: Partial<SignInFormProps> = {}): VNode => (
  <SignInForm action={page.path} demonstration={page.services.demonstration} {...more} />
);

const expired = (): PageView =>
  view(
    SIGN_IN.expired,
    <>
      <Expired />
      <LinkButton label={SIGN_IN.startAgain} href="/entrar" kind="send" />
    </>,
    { status: 400 },
  );

function Expired(): VNode {
  return <p>{useSay()(SIGN_IN.expiredText)}</p>;
}

const awaits = ({ http, services, params }: PageContext): Promise<boolean> =>
  services.authorizationServer.awaitsSignIn(http.request, http.response, params['uid'] ?? '');

/** Begins the authorization request; at the address others know the service by, or the cookie would not come back. */
export const startSignIn: Page = {
  method: 'GET',
  path: '/entrar',
  audience: 'anyone',
  handle({ query, services, http }) {
    const { publicUrl, keys } = services;
    if (http.request.host !== new URL(publicUrl).host)
      return redirect(`${publicUrl}/entrar?volver=${encodeURIComponent(query.get('volver') ?? '/')}`);
    const flow = newFlow(query.get('volver'));
    http.cookies.set('rr_entrada', flowText(keys, flow), FLOW_SECONDS * 1_000);
    return redirect(authorizationUrl(publicUrl, flow));
  },
};

/** The form; the authorization server sends the browser here. */
export const signInForm: Page = {
  method: 'GET',
  path: `${SIGN_IN_PATH}/:uid`,
  audience: 'anyone',
  handle: async (page) => ((await awaits(page)) ? view(SIGN_IN.title, form(page)) : expired()),
};

const waitText = ({ say }: PageContext, seconds: number): string =>
  say(SIGN_IN.wait, {
    time: seconds < 120 ? say(SIGN_IN.seconds, { n: seconds }) : say(SIGN_IN.minutes, { n: Math.ceil(seconds / 60) }),
  });

/** The same form with the reason why nobody was let in. */
function refusedPage(page: PageContext, result: Extract<SignInResult, { refused: string }>): PageView {
  const user = page.form.get('usuario').slice(0, 100);
  if (result.refused !== 'wait') {
    const text = page.say(result.refused === 'wrong' ? SIGN_IN.wrong : SIGN_IN.noAssignment);
    return view(SIGN_IN.title, form(page, { user, problems: [{ text, field: 'clave' }] }), {
      status: 422,
      mistakes: true,
    });
  }
  const problems = [{ text: waitText(page, result.seconds) }];
  return view(SIGN_IN.title, form(page, { user, problems }), {
    status: 429,
    headers: { 'Retry-After': String(result.seconds) },
    mistakes: true,
  });
}

/** Checks the password and goes on with the authorization request. */
export const signIn: Page = {
  method: 'POST',
  path: `${SIGN_IN_PATH}/:uid`,
  audience: 'anyone',
  async handle(page) {
    const { form: fields, services, http, ip, requestId } = page;
    if (!(await awaits(page))) return expired();
    const result = await services.signIn.check({
      name: fields.get('usuario'),
      password: fields.raw('clave'),
      ip,
      requestId,
    });
    if ('refused' in result) return refusedPage(page, result);
    return redirect(await services.authorizationServer.finishSignIn(http.request, http.response, result.account.name));
  },
};
