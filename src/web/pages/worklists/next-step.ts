import { allowedMoves } from '../../../referral/allowed-moves.js';
import type { MoveName } from '../../../referral/moves.js';
import { PARTIES, partiesOf } from '../../../referral/parties.js';
import { stateRow } from '../../../referral/states.js';
import { sidesOf } from '../../../referral/work-scalars.js';
import type { PageContext } from '../../page-context.js';
import type { ReferralRow } from '../../resources/referral-rows.js';

/** Moves that end a referral early: possible is not the same as next. */
const WAY_OUT: ReadonlySet<MoveName> = new Set(['revoke', 'void', 'record-death', 'leave-list', 'request-cancel']);

/** Moves of one referral that the signed-in person can make now, by the tables and by what this service has. */
export function movesHere(
  page: Pick<PageContext, 'signedIn' | 'services'>,
  row: Pick<ReferralRow, 'task' | 'state'>,
): readonly MoveName[] {
  const { role, facility, facilities } = page.signedIn();
  const actor = { roles: [role], facilities, ...(facility === undefined ? {} : { facility }) };
  return allowedMoves(page.services.fhir.operations, row.state, partiesOf(actor, sidesOf(row.task)));
}

/** Does the work go on with the signed-in person? */
export const isTheirTurn = (
  page: Pick<PageContext, 'signedIn' | 'services'>,
  row: Pick<ReferralRow, 'task' | 'state'>,
): boolean => movesHere(page, row).some((move) => !WAY_OUT.has(move));

/** Who goes on in a state, in words that stand inside a sentence: the first of the table on the side whose turn it is. */
export function turnOf(state: ReferralRow['state'], language: PageContext['language']): string | undefined {
  const { worklist, actsNext } = stateRow(state);
  const party = worklist.find((one) => PARTIES[one].side === actsNext);
  const name = party && PARTIES[party][language];
  return name && `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}
