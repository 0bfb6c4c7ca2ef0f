import type { Appointment, Organization } from '@medplum/fhirtypes';
import { mayRead } from '../access/policy/authorize.js';
import { canSee } from '../access/policy/visibility.js';
import { instantIn } from '../config/honduras-time.js';
import type { Finding } from '../errors.js';
import { auditDraft } from '../fhir/audit-draft.js';
import { codeTokenKey } from '../fhir/search/search-keys.js';
import { resourceOf } from '../fhir/stored-resource.js';
import { dayOf } from './local-day.js';
import type { Move } from './move-operation.js';

/** Nobody has more appointments on one day. */
const MOST = 20;

const clock = (time: string): string => instantIn(new Date(time)).slice(11, 16);

/** Start of the appointment that a move books. */
function bookedStart({ builder }: Move): string | undefined {
  const created = builder.writes.filter(({ type, method }) => type === 'Appointment' && method === 'create');
  return created.map((write) => (builder.resourceOf(write) as Appointment | undefined)?.start).at(-1);
}

/**
 * Warnings about other appointments of the person on the day that a move books, at other facilities, as far as the caller may
 * see them: two journeys on one day are for the person to decide, never refused.
 */
export async function warnSameDay(move: Move): Promise<readonly Finding[]> {
  const { context, request, referral, builder } = move;
  const { patient, destination } = referral.sides;
  const start = bookedStart(move);
  if (patient === undefined || start === undefined || !mayRead(request.caller, 'Appointment')) return [];
  const day = dayOf(new Date(start));
  const found = await context.store.find(
    'Appointment',
    { pt: patient, 'k.date': { $gte: day.start, $lt: day.end }, 's.tok': codeTokenKey('status', 'booked') },
    { limit: MOST },
  );
  const warnings: Finding[] = [];
  for (const stored of found) {
    if (stored.own === destination || !(await canSee(context.store, request.caller, 'Appointment', stored))) continue;
    const { start: begins, end } = resourceOf<Appointment>(stored);
    if (begins === undefined || end === undefined) continue;
    const organization = stored.own === undefined ? undefined : await context.store.read('Organization', stored.own);
    const place = organization ? (resourceOf<Organization>(organization).name ?? '') : '';
    builder.audit(auditDraft(request, { act: 'R', sub: 'read', pt: [patient], ent: [`Appointment/${stored._id}`] }));
    const params = { start: clock(begins), end: clock(end), place };
    warnings.push({ code: 'same-day-visit', severity: 'warning', params, expression: 'start' });
  }
  return warnings;
}
