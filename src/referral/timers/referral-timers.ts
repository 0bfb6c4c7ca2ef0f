import { setTimeout as sleep } from 'node:timers/promises';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { logger } from '../../logger.js';
import { OFFSET_MS, dateIn } from '../../config/honduras-time.js';
import { proveReferrals } from '../proof/prove-referrals.js';
import { hasProofOf, saveProof } from '../proof/proof-store.js';
import { purgeDrafts } from '../drafts/purge-drafts.js';
import { escalateOverdue } from './escalate-overdue.js';

/** Does a piece of work unless another process is doing it; false then. */
export type Alone = (work: (lost: AbortSignal) => Promise<void>) => Promise<boolean>;

export interface TimerOptions {
  readonly alone: Alone;
  /** The clock; the machine's unless a test says otherwise. */
  readonly now?: () => Date;
  /** Pause between two turns, ms. */
  readonly pollMs?: number;
}

/** The service's own timers over referrals (party SY). */
export interface ReferralTimers {
  /** One turn: tells of what is overdue, voids drafts that nobody touches and, once a night, proves that no referral is an orphan. False: another process has it. */
  turn(): Promise<boolean>;
  close(): Promise<void>;
}

const POLL_MS = 60_000;
/** Hour of the night in Honduras from which the proof of the day is made. */
const PROOF_HOUR = 2;

const hourIn = (moment: Date): number => new Date(moment.getTime() - OFFSET_MS).getUTCHours();

async function work(context: FhirContext, now: Date, signal: AbortSignal): Promise<void> {
  const { told, moved, failed } = await escalateOverdue(context, { now, signal });
  if (told + moved + failed > 0) logger.info({ told, moved, failed }, 'overdue referrals');
  const purged = await purgeDrafts(context, { now, signal });
  if (purged.voided + purged.moved + purged.failed > 0) logger.info(purged, 'untouched drafts');
  if (hourIn(now) < PROOF_HOUR || (await hasProofOf(context.store, dateIn(now)))) return;
  const proof = await proveReferrals(context, { now, repair: true, signal });
  // Cut off in the middle it proves nothing; whoever has the lease now makes it.
  signal.throwIfAborted();
  await saveProof(context.store, proof, 'timer');
  const orphans = proof.orphans.length;
  logger[orphans > 0 ? 'error' : 'info']({ counted: proof.counted, orphans, repaired: proof.repaired }, 'orphan proof');
}

/**
 * Starts the timers beside the requests of this process. Of all processes one at a time works, under a lease that ends by
 * itself when the process is killed; the next one goes on with what is left, because each step is its own transaction.
 */
export function startReferralTimers(context: FhirContext, options: TimerOptions): ReferralTimers {
  const { alone, now = () => new Date(), pollMs = POLL_MS } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const turn = (): Promise<boolean> => alone((lost) => work(context, now(), AbortSignal.any([lost, signal])));
  const loop = async (): Promise<void> => {
    for (;;) {
      // The first turn waits as well: a start has enough to do.
      await sleep(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await turn().catch((error: unknown) => {
        // Cut off by the end of the service it is no failure.
        if (!closing.signal.aborted) logger.warn({ err: error }, 'timers of referrals');
      });
    }
  };
  const running = loop();
  return {
    turn,
    async close() {
      closing.abort(new Error('the service is stopping'));
      await running;
    },
  };
}
