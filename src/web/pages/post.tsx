import type { VNode } from 'preact';
import { type Assignment, currentAssignments } from '../../access/assignments.js';
import { ROLE_NAMES } from '../../access/role-names.js';
import { ROLE_PROFILES, roleClaimsOf } from '../../access/role-profile.js';
import { grantScopes } from '../../access/scopes.js';
import { PAGES_SCOPE } from '../../access/pages-client.js';
import { fault } from '../../errors.js';
import { Button } from '../components/button.js';
import { Choices } from '../components/choices.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Form } from '../components/form.js';
import type { Choice } from '../components/select.js';
import { dateText } from '../dates.js';
import type { PageContext } from '../page-context.js';
import { type Page, redirect, view } from '../page.js';
import { openSession, placeName } from '../sign-in/open-session.js';
import { safePath } from '../sign-in/flow.js';
import type { SessionClaims } from '../../access/sessions.js';
import { SIGN_IN } from '../texts/sign-in.js';

const keyOf = ({ role, facility = '' }: Pick<Assignment, 'role'> & { facility?: string | undefined }): string =>
  `${role} ${facility}`;

/** Claims of the person in another of the posts held today. */
async function claimsIn(page: PageContext, post: Assignment): Promise<SessionClaims> {
  const caller = page.signedIn();
  const account = await page.services.accounts(caller.sub);
  if (!account) throw fault('token-missing');
  return {
    sub: caller.sub,
    client_id: caller.clientId,
    scope: grantScopes(PAGES_SCOPE, ROLE_PROFILES[post.role].scope),
    ...roleClaimsOf(account, post),
  };
}

async function postsOf(page: PageContext): Promise<readonly Assignment[]> {
  const account = await page.services.accounts(page.signedIn().sub);
  return account ? currentAssignments(account) : [];
}

async function choiceOf(page: PageContext, post: Assignment): Promise<Choice> {
  const { say, language } = page;
  const place = await placeName(page, await claimsIn(page, post));
  const role = say(ROLE_NAMES[post.role]);
  return {
    value: keyOf(post),
    text: place === undefined ? role : say(SIGN_IN.post, { role, place }),
    ...(post.to === undefined ? {} : { hint: say(SIGN_IN.postUntil, { date: dateText(post.to, language) }) }),
  };
}

async function body(page: PageContext, back: string, missing: boolean): Promise<VNode> {
  const choices = await Promise.all((await postsOf(page)).map((post) => choiceOf(page, post)));
  const error = missing ? page.say(SIGN_IN.postMissing) : undefined;
  return (
    <>
      <ErrorSummary problems={error === undefined ? [] : [{ text: error, field: 'puesto' }]} />
      <Form action="/puesto">
        <input type="hidden" name="volver" value={back} />
        <Choices
          name="puesto"
          label={SIGN_IN.postLabel}
          hint={SIGN_IN.postHint}
          choices={choices}
          chosen={[keyOf(page.signedIn())]}
          error={error}
        />
        <Button label={SIGN_IN.postButton} />
      </Form>
    </>
  );
}

/** Choice of the post in use, for people who hold several today. */
export const postForm: Page = {
  method: 'GET',
  path: '/puesto',
  audience: 'signed-in',
  handle: async (page) => view(SIGN_IN.postTitle, await body(page, safePath(page.query.get('volver')), false)),
};

/** Goes on in the chosen post, in a new session that ends when the old one would have. */
export const choosePost: Page = {
  method: 'POST',
  path: '/puesto',
  audience: 'signed-in',
  async handle(page) {
    const back = safePath(page.form.get('volver'));
    const chosen = (await postsOf(page)).find((post) => keyOf(post) === page.form.get('puesto'));
    if (!chosen) return view(SIGN_IN.postTitle, await body(page, back, true), { status: 422, mistakes: true });
    await openSession(page, await claimsIn(page, chosen), page.session?.started);
    return redirect(back);
  },
};
