import type { Parameters } from '@medplum/fhirtypes';

import { Button, LinkButton } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextField } from '../../components/text-field.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view as pageView } from '../../page.js';
import { problemsOf } from '../../problems.js';
import { REFERRAL } from '../../texts/referral.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';

const FIELD = 'razon';

/** The reason alone, asked again. */
function again({ say }: PageContext, back: string, path: string, problems = [say(REFERRAL.untickMissing)]): PageAnswer {
  return pageView(
    REFERRAL.untickWhy,
    <>
      <ErrorSummary problems={problems.map((text) => ({ text, field: FIELD }))} />
      <Form action={path}>
        <input type="hidden" name="campo" value={FIELD} />
        <TextField name={FIELD} label={REFERRAL.untickWhy} error={problems[0]} />
        <Button label={REFERRAL.untickWhy} kind="plain" />
        <LinkButton label={REFERRAL.backToReferral} href={back} />
      </Form>
    </>,
    { status: 422, mistakes: true },
  );
}

/** `POST /referencias/:id/puntos/:task`: one dated point of the plan is done, or why not. */
export const completePoint: Page = {
  method: 'POST',
  path: '/referencias/:id/puntos/:task',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const { id = '', task = '' } = page.params;
    const back = `/referencias/${encodeURIComponent(id)}`;
    const done = page.form.get('hecho') === 'si';
    const reason = page.form.get(page.form.get('campo'));
    if (!done && reason === '') return again(page, back, page.path);
    const body: Parameters = {
      resourceType: 'Parameters',
      parameter: [{ name: 'done', valueBoolean: done }, ...(done ? [] : [{ name: 'reason', valueString: reason }])],
    };
    const answer = await page.tryFhir('POST', `Task/${encodeURIComponent(task)}/$complete-item`, body);
    if (answer.ok) return redirect(`${back}?punto=anotado#puntos`);
    if (answer.error.status !== 422) throw answer.error;
    return again(
      page,
      back,
      page.path,
      problemsOf(answer.error, page.language).map(({ text }) => text),
    );
  },
};
