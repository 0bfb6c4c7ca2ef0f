import type { Parameters } from '@medplum/fhirtypes';
import { Button, LinkButton } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextArea } from '../../components/text-area.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view as pageView } from '../../page.js';
import { problemsOf } from '../../problems.js';
import { NOTICES } from '../../texts/notices.js';
import { REFERRAL } from '../../texts/referral.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';
import { FOUND_FIELD } from './sections/notices.js';

/** What was found, asked again. */
function again(page: PageContext, back: string, problems: readonly string[], given: string): PageAnswer {
  return pageView(
    NOTICES.found,
    <>
      <ErrorSummary problems={problems.map((text) => ({ text, field: FOUND_FIELD }))} />
      <Form action={page.path}>
        <input type="hidden" name="campo" value={FOUND_FIELD} />
        <TextArea name={FOUND_FIELD} label={NOTICES.found} hint={NOTICES.foundHint} value={given} error={problems[0]} />
        <Button label={NOTICES.done} />
        <LinkButton label={REFERRAL.backToReferral} href={back} />
      </Form>
    </>,
    { status: 422, mistakes: true },
  );
}

/** `POST /referencias/:id/avisos/:task`: the facility says what it did about a notice or what it found. */
export const completeNoticePage: Page = {
  method: 'POST',
  path: '/referencias/:id/avisos/:task',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const { id = '', task = '' } = page.params;
    const back = `/referencias/${encodeURIComponent(id)}`;
    const found = page.form.get(page.form.get('campo')).trim();
    if (found === '') return again(page, back, [page.say(NOTICES.missing)], found);
    const body: Parameters = { resourceType: 'Parameters', parameter: [{ name: 'found', valueString: found }] };
    const answer = await page.tryFhir('POST', `Task/${encodeURIComponent(task)}/$complete-notice`, body);
    if (answer.ok) return redirect(`${back}?aviso=atendido#avisos`);
    if (answer.error.status !== 422) throw answer.error;
    const problems = problemsOf(answer.error, page.language).map(({ text }) => text);
    return again(page, back, problems, found);
  },
};
