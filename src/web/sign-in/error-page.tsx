import type { SignInProblem } from '../../access/provider-configuration.js';
import { LinkButton } from '../components/button.js';
import { Notice } from '../components/notice.js';
import { languageOf, sayIn } from '../language.js';
import { pageHtml } from '../send-page.js';
import { SIGN_IN } from '../texts/sign-in.js';

const outside = (): never => {
  throw new Error('this page has no form');
};

/**
 * Page for a person whom the authorization endpoint cannot send on: the sign-in is too old, or its address was changed.
 * @returns HTML
 */
export function signInErrorPage({ error, error_description: detail }: SignInProblem, acceptLanguage: string): string {
  const language = languageOf(null, undefined, acceptLanguage);
  const say = sayIn(language);
  return pageHtml({
    frame: { language, csrf: outside },
    title: say(SIGN_IN.expired),
    mistakes: false,
    otherLanguageHref: `/entrar?lang=${language === 'es' ? 'en' : 'es'}`,
    navigation: [],
    demonstration: false,
    children: (
      <>
        <p>{say(SIGN_IN.expiredText)}</p>
        <Notice>
          <p lang="en">{detail === undefined ? error : `${error}: ${detail}`}</p>
        </Notice>
        <LinkButton label={SIGN_IN.startAgain} href="/entrar" kind="send" />
      </>
    ),
  });
}
