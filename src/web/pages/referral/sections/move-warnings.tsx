import type { OperationOutcome } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { Notice } from '../../../components/notice.js';
import type { PageContext } from '../../../page-context.js';
import { MOVE_WARNINGS } from '../../../texts/move-warnings.js';

/** Parameter of a referral's address: codes of what a move warned about, after it was made. */
export const WARNED = 'aviso';

type Code = keyof typeof MOVE_WARNINGS;
const isCode = (code: string | undefined): code is Code => code !== undefined && Object.hasOwn(MOVE_WARNINGS, code);

/** The warnings of an answer that have words, as the end of an address; empty when there are none. */
export const warnedQuery = (outcome: OperationOutcome | undefined): string => {
  const codes = (outcome?.issue ?? []).flatMap(({ details }) => details?.coding?.[0]?.code ?? []).filter(isCode);
  return [...new Set(codes)].map((code) => `&${WARNED}=${code}`).join('');
};

/** What the move that was just made warned about. */
export function MoveWarnings({ page }: { readonly page: PageContext }): VNode | null {
  const codes = [...new Set(page.query.getAll(WARNED))].filter(isCode);
  if (codes.length === 0) return null;
  return (
    <Notice kind="warn">
      {codes.map((code) => (
        <p>{page.say(MOVE_WARNINGS[code])}</p>
      ))}
    </Notice>
  );
}
