import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { reachOf } from '../../../../access/policy/policy-table.js';
import { Notice } from '../../../components/notice.js';
import { dateText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { parametersOf } from '../../../resources/in-bundle.js';
import { PREVENTION } from '../../../texts/prevention.js';
import type { ReferralView } from '../referral-view.js';

/** Answer of `$prevention-due`; undefined for posts that do not see the clinical part, and without a patient. */
export async function loadPrevention(page: PageContext, { patient }: ReferralView): Promise<Parameters | undefined> {
  if (!patient || reachOf(page.signedIn().role, 'person', '$prevention-due') === undefined) return undefined;
  const answer = await page.tryFhir<Parameters>('GET', `Patient/${patient.id}/$prevention-due`);
  return answer.ok ? answer.resource : undefined;
}

const partOf = ({ part = [] }: ParametersParameter, name: string): ParametersParameter | undefined =>
  part.find((one) => one.name === name);

/** Vaccines and prenatal visits that are overdue: whoever sees the person next can do them. Nothing when none is. */
export function Prevention({
  page,
  prevention,
}: {
  readonly page: PageContext;
  readonly prevention: Parameters | undefined;
}): VNode | null {
  const { say, language } = page;
  if (!prevention) return null;
  const when = (row: ParametersParameter): string => dateText(partOf(row, 'due')?.valueDate ?? '', language);
  const vaccines = parametersOf(prevention, 'vaccine').map((row) =>
    say(PREVENTION.vaccine, {
      vaccine: partOf(row, 'display')?.valueString ?? '',
      dose: partOf(row, 'dose')?.valueInteger ?? 1,
      when: when(row),
    }),
  );
  const weeks = parametersOf(prevention, 'weeks')[0]?.valueInteger ?? 0;
  const visits = parametersOf(prevention, 'prenatal-visit').map((row) =>
    say(PREVENTION.visit, { visit: partOf(row, 'visit')?.valueInteger ?? 1, when: when(row), weeks }),
  );
  const lines = [...vaccines, ...visits];
  if (lines.length === 0) return null;
  return (
    <Notice kind="warn" title={say(PREVENTION.title)}>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
