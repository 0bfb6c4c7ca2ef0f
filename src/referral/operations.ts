import type { Operation } from '../fhir/operation.js';
import { accept } from './operations/accept.js';
import { acknowledge } from './operations/acknowledge.js';
import { amend } from './operations/amend.js';
import { agenda } from './operations/agenda.js';
import { arrive } from './operations/arrive.js';
import { availableActions } from './operations/available-actions.js';
import { book } from './operations/book.js';
import { cancelAppointment } from './operations/cancel-appointment.js';
import { close } from './operations/close.js';
import { confirmCancel } from './operations/confirm-cancel.js';
import { completeItem } from './operations/complete-item.js';
import { completeNotice } from './operations/complete-notice.js';
import { completeOrder } from './operations/complete-order.js';
import { contactAttempt } from './operations/contact-attempt.js';
import { convert } from './operations/convert.js';
import { dailyRegister } from './operations/daily-register.js';
import { interim } from './operations/interim.js';
import { leaveList } from './operations/leave-list.js';
import { noResponse } from './operations/no-response.js';
import { makeSlots } from './operations/make-slots.js';
import { moveInQueue } from './operations/move-in-queue.js';
import { monthlySupervision } from './operations/monthly-supervision.js';
import { noShow } from './operations/no-show.js';
import { pauseWaiting } from './operations/pause-waiting.js';
import { notArrived } from './operations/not-arrived.js';
import { provideInfo } from './operations/provide-info.js';
import { readMessages } from './operations/read-messages.js';
import { readReceipts } from './operations/read-receipts.js';
import { receive } from './operations/receive.js';
import { receiveEmergency } from './operations/receive-emergency.js';
import { recordDeath } from './operations/record-death.js';
import { redirect } from './operations/redirect.js';
import { reject } from './operations/reject.js';
import { requestCancel } from './operations/request-cancel.js';
import { requestInfo } from './operations/request-info.js';
import { reschedule } from './operations/reschedule.js';
import { respond } from './operations/respond.js';
import { resubmit } from './operations/resubmit.js';
import { revoke } from './operations/revoke.js';
import { serviceFacts } from './operations/service-facts.js';
import { startCare } from './operations/start-care.js';
import { submitDraft } from './operations/submit-draft.js';
import { submit } from './operations/submit.js';
import { suggestDestinationsOperation } from './operations/suggest-destinations.js';
import { track } from './operations/track.js';
import { voidReferral } from './operations/void.js';
import { unreadMessages } from './operations/unread-messages.js';
import { wholeReferral } from './operations/whole-referral.js';
import { withdrawInfo } from './operations/withdraw-info.js';
import { worklist } from './operations/worklist.js';
import { worklists } from './operations/worklists.js';

/** Operations of the referral workflow; a move of the table without one here is not offered to anybody. */
export const referralOperations: readonly Operation[] = [
  submit,
  submitDraft,
  receiveEmergency,
  completeOrder,
  receive,
  requestInfo,
  provideInfo,
  accept,
  reject,
  redirect,
  resubmit,
  book,
  reschedule,
  cancelAppointment,
  noShow,
  notArrived,
  contactAttempt,
  arrive,
  startCare,
  respond,
  acknowledge,
  close,
  revoke,
  noResponse,
  withdrawInfo,
  pauseWaiting,
  convert,
  interim,
  amend,
  leaveList,
  requestCancel,
  confirmCancel,
  recordDeath,
  voidReferral,
  ...availableActions,
  ...track,
  wholeReferral,
  moveInQueue,
  makeSlots,
  agenda,
  worklists,
  worklist,
  dailyRegister,
  readMessages,
  unreadMessages,
  readReceipts,
  monthlySupervision,
  completeItem,
  completeNotice,
  serviceFacts,
  suggestDestinationsOperation,
];
