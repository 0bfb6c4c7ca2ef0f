import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { ROLE_NAMES } from '../../../../access/role-names.js';
import { isRole } from '../../../../access/caller.js';
import { reachOf } from '../../../../access/policy/policy-table.js';
import { codeSystemUrl } from '../../../../config/canonical.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { type Fact, Facts } from '../../../components/facts.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { parametersOf } from '../../../resources/in-bundle.js';
import { MESSAGES } from '../../../texts/messages.js';
import { datedItems } from '../dated-items.js';
import type { ReferralView } from '../referral-view.js';

/** Answer of `$read-receipts`; undefined for posts that may not ask, and for drafts. */
export async function loadReceipts(page: PageContext, view: ReferralView): Promise<Parameters | undefined> {
  if (!view.leg || reachOf(page.signedIn().role, 'workflow', '$read-receipts') === undefined) return undefined;
  return (await page.fhir<Parameters>('GET', `ServiceRequest/${view.order.id}/$read-receipts`)).resource;
}

const partOf = ({ part = [] }: ParametersParameter, name: string): ParametersParameter | undefined =>
  part.find((one) => one.name === name);

interface ReceiptProps {
  readonly page: PageContext;
  readonly view: ReferralView;
  readonly receipts?: Parameters | undefined;
}

/** "Abierta por triaje (Hospital 1), 22 nov 2026, 10:42", or that nobody has yet. */
function opening({ page, view, receipts }: ReceiptProps, name: string, facility: string | undefined): string {
  const { say, language } = page;
  const place = view.facilityName(facility);
  const found = receipts && parametersOf(receipts, name)[0];
  const role = found && partOf(found, 'role')?.valueCode;
  const at = found && partOf(found, 'at')?.valueInstant;
  if (at === undefined) return say(MESSAGES.openedNot, { place });
  const who = isRole(role) ? say(ROLE_NAMES[role]) : (role ?? '');
  return say(MESSAGES.openedAt, { who, place, when: timeText(at, language) });
}

/** When the origin acknowledged the answer, from the trail of moves. */
function acknowledgedAt(view: ReferralView): string | undefined {
  const system = codeSystemUrl('referral-operation');
  const moves = view
    .all('Provenance')
    .filter(({ activity }) => activity?.coding?.some((one) => one.system === system && one.code === 'acknowledge'));
  return moves
    .map(({ recorded }) => recorded)
    .sort()
    .at(-1);
}

/** Who opened the referral and its answer, and whether the clinic acknowledged it: read receipts both ways. */
export function Receipts(props: ReceiptProps): VNode | null {
  const { page, view, receipts } = props;
  if (!receipts) return null;
  const { say, language } = page;
  const facts: Fact[] = [{ name: say(MESSAGES.opened), value: opening(props, 'opened', view.sides.destination) }];
  if (view.leg && lastOutput(view.leg, 'respuesta') !== undefined) {
    const at = acknowledgedAt(view);
    facts.push(
      { name: say(MESSAGES.answerOpened), value: opening(props, 'answer-opened', view.sides.origin) },
      {
        name: say(MESSAGES.acknowledged),
        value: at === undefined ? say(MESSAGES.acknowledgedNot) : timeText(at, language),
      },
    );
    const dated = datedItems(view);
    const done = dated.filter(({ status }) => status === 'completed').length;
    if (dated.length > 0)
      facts.push({ name: say(MESSAGES.plan), value: say(MESSAGES.planDone, { done, all: dated.length }) });
  }
  return (
    <>
      <h2>{say(MESSAGES.receipts)}</h2>
      <Facts facts={facts} />
    </>
  );
}
