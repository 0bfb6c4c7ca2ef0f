import type { Store } from '../../store/store.js';
import { newestProof } from './proof-store.js';

/** A figure for `/metrics`, read when it is asked for. */
export interface GaugeReading {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  /** Value by label; one without a label has the key ''. */
  readonly values: Readonly<Record<string, number>>;
}

/** More than so many waiting escalations are shown as this many: the alarm is the same. */
const MOST_COUNTED = 10_000;

/**
 * Figures of the referrals: the newest proof (none before the first), and how many overdue legs wait for somebody to be told,
 * which is near 0 as long as the timers run.
 */
export async function referralGauges(store: Store, now: Date): Promise<readonly GaugeReading[]> {
  const [proof, waiting] = await Promise.all([
    newestProof(store),
    store.count('Task', { 'w.escalates': { $lte: now } }, { limit: MOST_COUNTED }),
  ]);
  const escalations: GaugeReading = {
    name: 'referral_escalations_waiting',
    help: 'Overdue referrals of which the next level has not been told yet',
    values: { '': waiting },
  };
  if (!proof) return [escalations];
  return [
    escalations,
    {
      name: 'referral_orphans',
      help: 'Open referrals that break the rule of one owner, one due date and a running clock, by kind, in the newest proof',
      label: 'kind',
      values: proof.orphans,
    },
    {
      name: 'referral_notices_open',
      help: 'Open notices to facilities in the newest proof',
      values: { '': proof.notices ?? 0 },
    },
    { name: 'referral_open', help: 'Open referrals in the newest proof', values: { '': proof.counted } },
    {
      name: 'referral_proof_repaired',
      help: 'Legs whose scalars the newest proof wrote anew',
      values: { '': proof.repaired },
    },
    {
      name: 'referral_proof_timestamp_seconds',
      help: 'When the newest proof was made',
      values: { '': proof.at.getTime() / 1_000 },
    },
  ];
}
