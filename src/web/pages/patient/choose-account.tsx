import type { VNode } from 'preact';
import type { AcceptedSheet } from '../../../access/activate-account.js';
import type { Account } from '../../../access/accounts.js';
import { PAGES_CLIENT_ID, PAGES_SCOPE } from '../../../access/pages-client.js';
import { passwordProblem } from '../../../access/password-rules.js';
import { isUserName, userNameOf } from '../../../access/patient-accounts.js';
import { ROLE_PROFILES, roleClaimsOf } from '../../../access/role-profile.js';
import { grantScopes } from '../../../access/scopes.js';
import { Button } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextField } from '../../components/text-field.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import { openSession } from '../../sign-in/open-session.js';
import { ACTIVATE } from '../../texts/patient-activate.js';
import { acceptedSheet, activationEnded } from './activate.js';

interface Mistakes {
  readonly usuario?: string;
  readonly clave?: string;
}

interface ChooseProps {
  readonly sheet: AcceptedSheet;
  readonly user?: string;
  readonly mistakes?: Mistakes;
}

function ChooseForm({ sheet, user = '', mistakes = {} }: ChooseProps): VNode {
  const say = useSay();
  const { activation, existing } = sheet;
  const { guardian, displayName } = activation;
  const problems = Object.entries(mistakes).map(([field, text]) => ({ field, text: text as string }));
  return (
    <div class="rr-big">
      <ErrorSummary problems={problems} />
      <p>
        {say(ACTIVATE.forWhom, { name: displayName })}.{' '}
        {guardian && say(ACTIVATE.byGuardian, { guardian: guardian.name, relationship: guardian.relationship })}
      </p>
      <Form action="/activar/cuenta">
        {existing === undefined ? (
          <TextField
            name="usuario"
            label={ACTIVATE.user}
            hint={ACTIVATE.userHint}
            value={user}
            autoComplete="username"
            width="medium"
            error={mistakes.usuario}
          />
        ) : (
          <p>
            {say(ACTIVATE.yourUser)} <strong>{existing}</strong>
          </p>
        )}
        <TextField
          name="clave"
          label={ACTIVATE.password}
          hint={ACTIVATE.passwordHint}
          type="password"
          autoComplete="new-password"
          width="medium"
          error={mistakes.clave}
        />
        <Button label={existing === undefined ? ACTIVATE.finish : ACTIVATE.finishPassword} />
      </Form>
    </div>
  );
}

const choose = (props: ChooseProps, status = 200): PageView =>
  view(
    props.sheet.existing === undefined ? ACTIVATE.chooseTitle : ACTIVATE.newPasswordTitle,
    <ChooseForm {...props} />,
    { status, mistakes: status !== 200 },
  );

/** What is wrong with name and password, before anything is written. */
function mistakesOf({ say }: PageContext, sheet: AcceptedSheet, name: string, password: string): Mistakes {
  const { displayName } = sheet.activation;
  const problem = passwordProblem(password, { names: [name, ...displayName.split(' ')] });
  return {
    ...(sheet.existing === undefined && !isUserName(name) ? { usuario: say(ACTIVATE.userWrong) } : {}),
    ...(problem ? { clave: say(problem) } : {}),
  };
}

const openFor = (page: PageContext, account: Account): Promise<void> =>
  openSession(page, {
    sub: account.name,
    client_id: PAGES_CLIENT_ID,
    scope: grantScopes(PAGES_SCOPE, ROLE_PROFILES.patient.scope),
    ...roleClaimsOf(account),
  });

/** Second step: the choice. Whoever has an account already chooses a password only. */
export const chooseAccountForm: Page = {
  method: 'GET',
  path: '/activar/cuenta',
  audience: 'anyone',
  async handle(page) {
    const sheet = await acceptedSheet(page);
    return sheet ? choose({ sheet }) : redirect('/activar');
  },
};

/** Opens the account, uses the code up, and signs the person in. */
export const chooseAccount: Page = {
  method: 'POST',
  path: '/activar/cuenta',
  audience: 'anyone',
  async handle(page) {
    const { form, say, services, requestId, ip, http } = page;
    const sheet = await acceptedSheet(page);
    if (!sheet) return activationEnded(page);
    const [user, password] = [form.get('usuario').slice(0, 100), form.raw('clave')];
    const name = sheet.existing ?? userNameOf(user);
    const mistakes = mistakesOf(page, sheet, name, password);
    if (Object.keys(mistakes).length > 0) return choose({ sheet, user, mistakes }, 422);
    const result = await services.activateAccount.open(sheet, { name, password }, { requestId, ip });
    if ('refused' in result)
      return result.refused === 'taken'
        ? choose({ sheet, user, mistakes: { usuario: say(ACTIVATE.userTaken) } }, 422)
        : activationEnded(page);
    http.cookies.clear('rr_activar');
    await openFor(page, result.account);
    return redirect('/mi');
  },
};
