import type { VNode } from 'preact';
import type { ServiceError } from '../../errors.js';
import type { Words } from '../../words.js';
import { LinkButton } from '../components/button.js';
import { ChangedMeanwhile } from '../components/changed-meanwhile.js';
import { Notice } from '../components/notice.js';
import { useSay } from '../language.js';
import type { PageContext } from '../page-context.js';
import { type PageView, view } from '../page.js';
import { isChangedMeanwhile, problemsOf } from '../problems.js';
import { COMMON } from '../texts/common.js';
import { ERROR_TEXTS } from '../texts/errors.js';

interface ErrorWords {
  readonly title: Words;
  readonly text?: Words;
  /** The findings tell the person more than the text does. */
  readonly findings?: boolean;
}

/** Words for the refusals of the service, by HTTP status. */
const BY_STATUS: Readonly<Record<number, ErrorWords>> = {
  401: { title: ERROR_TEXTS.signedOut, text: ERROR_TEXTS.signedOutText },
  403: { title: ERROR_TEXTS.forbidden, text: ERROR_TEXTS.forbiddenText },
  404: { title: ERROR_TEXTS.notFound, text: ERROR_TEXTS.notFoundText },
  410: { title: ERROR_TEXTS.notFound, text: ERROR_TEXTS.notFoundText },
  429: { title: ERROR_TEXTS.wait, findings: true },
  500: { title: ERROR_TEXTS.internal, text: ERROR_TEXTS.internalText },
  503: { title: ERROR_TEXTS.unavailable, text: ERROR_TEXTS.unavailableText },
};
const REFUSED: ErrorWords = { title: ERROR_TEXTS.refused, findings: true };

/** What happened, what to do, and the number of the request. */
export function ErrorBody({
  text,
  findings = [],
  request,
  action,
}: {
  readonly text?: Words | undefined;
  readonly findings?: readonly string[];
  readonly request: string;
  readonly action: { readonly label: Words; readonly href: string };
}): VNode {
  const say = useSay();
  return (
    <>
      <Notice kind="warn">
        {text && <p>{say(text)}</p>}
        {findings.map((finding) => (
          <p>{finding}</p>
        ))}
        <p>{say(ERROR_TEXTS.number, { request })}</p>
      </Notice>
      <p>
        <LinkButton label={action.label} href={action.href} />
      </p>
    </>
  );
}

/** Page of a refusal in the person's words; 412 says that somebody changed it meanwhile and leads to its current state. */
export function errorPage(page: PageContext, error: ServiceError): PageView {
  const { status, headers } = error;
  if (isChangedMeanwhile(error))
    return view(COMMON.changedTitle, <ChangedMeanwhile href={page.path} />, { status, headers });
  const { title, text, findings = false } = BY_STATUS[status] ?? REFUSED;
  const action =
    status === 401
      ? { label: COMMON.signIn, href: `/entrar?volver=${encodeURIComponent(page.path)}` }
      : { label: COMMON.home, href: '/' };
  const told = findings ? problemsOf(error, page.language).map((problem) => problem.text) : [];
  return view(title, <ErrorBody text={text} findings={told} request={page.requestId} action={action} />, {
    status,
    headers,
  });
}

/** Page for a form without a good token or from another site: nothing was done. */
export const formRefusedPage = (page: PageContext): PageView =>
  view(
    ERROR_TEXTS.form,
    <ErrorBody text={ERROR_TEXTS.formText} request={page.requestId} action={{ label: COMMON.back, href: page.path }} />,
    { status: 403 },
  );
