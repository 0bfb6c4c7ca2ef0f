import type { MoveName } from '../../../referral/moves.js';
import type { ButtonKind } from '../../components/button.js';
import { isOfferedMove, type OfferedMove } from '../../texts/referral-moves.js';

interface ButtonRow {
  /** The lowest of those that are possible comes first and is the main one. */
  readonly rank: number;
  /** `danger`: ends something or cannot be taken back. */
  readonly kind: 'plain' | 'danger';
}

const row = (rank: number, kind: ButtonRow['kind'] = 'plain'): ButtonRow => ({ rank, kind });

/** Order of the buttons of a referral: what moves it forward first, what ends it last. */
export const MOVE_BUTTONS: Readonly<Record<OfferedMove, ButtonRow>> = {
  submit: row(1),
  receive: row(1),
  'provide-info': row(1),
  accept: row(1),
  arrive: row(1),
  'start-care': row(1),
  respond: row(2),
  convert: row(2),
  interim: row(3),
  amend: row(6),
  acknowledge: row(1),
  close: row(1),
  resubmit: row(1),
  book: row(3),
  'contact-attempt': row(4),
  reschedule: row(4),
  'request-info': row(4),
  'withdraw-info': row(4),
  'pause-waiting': row(5),
  redirect: row(5),
  'no-show': row(6),
  'not-arrived': row(6),
  'cancel-appointment': row(7, 'danger'),
  reject: row(8, 'danger'),
  'no-response': row(7, 'danger'),
  'confirm-cancel': row(7, 'danger'),
  revoke: row(9, 'danger'),
  'request-cancel': row(9, 'danger'),
  'leave-list': row(9, 'danger'),
  'record-death': row(10, 'danger'),
  void: row(11, 'danger'),
};

/** A button of a referral's page. */
export interface MoveButton {
  readonly move: OfferedMove;
  readonly kind: ButtonKind;
}

/** Moves up to this rank carry the referral forward; the others only change how it waits. */
const FORWARD = 3;

/** Buttons for the moves that are possible now, main one first; only the first is `send`, when it leads forward. */
export function moveButtons(actions: readonly MoveName[]): readonly MoveButton[] {
  const offered = actions.filter(isOfferedMove).sort((a, b) => MOVE_BUTTONS[a].rank - MOVE_BUTTONS[b].rank);
  return offered.map((move, index) => {
    const { kind, rank } = MOVE_BUTTONS[move];
    return { move, kind: index === 0 && rank <= FORWARD ? 'send' : kind };
  });
}
