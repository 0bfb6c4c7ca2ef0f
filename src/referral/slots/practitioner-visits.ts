import type { Appointment, Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import { instantIn } from '../../config/honduras-time.js';
import type { Finding } from '../../errors.js';
import { localTarget } from '../../fhir/references.js';
import { codeTokenKey, referenceKey } from '../../fhir/search/search-keys.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { dayOf } from '../local-day.js';
import type { Move } from '../move-operation.js';
import { readLinked } from '../task-io.js';

/** Nobody has more appointments on one day. */
const MOST = 100;
/** A service may see several people at one time; a person sees one. */
const PEOPLE: ReadonlySet<string> = new Set(['PractitionerRole', 'Practitioner']);

const clock = (time: string): string => instantIn(new Date(time)).slice(11, 16);

/** The appointment that a move books. */
function booked({ builder }: Move): Appointment | undefined {
  const created = builder.writes.filter(({ type, method }) => type === 'Appointment' && method === 'create');
  return created.map((write) => builder.resourceOf(write) as Appointment | undefined).at(-1);
}

/** Name of the person behind a post; the reference where there is none. */
async function nameOf({ context }: Move, reference: string): Promise<string> {
  const post = await readLinked<PractitionerRole | Practitioner>(context, reference);
  const person =
    post?.resource.resourceType === 'PractitionerRole'
      ? await readLinked<Practitioner>(context, post.resource.practitioner?.reference)
      : post;
  const [name] = person?.resource.resourceType === 'Practitioner' ? (person.resource.name ?? []) : [];
  const words = name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
  return words === '' ? reference : words;
}

/**
 * Warnings about visits of whoever attends that overlap the one that a move books: said, never refused (two can be seen by
 * turns). The time of the other visit is told, nothing of its patient.
 */
export async function warnPractitionerBusy(move: Move): Promise<readonly Finding[]> {
  const { builder, context } = move;
  const { start, end, participant = [] } = booked(move) ?? {};
  if (start === undefined || end === undefined) return [];
  const day = dayOf(new Date(start));
  const people = participant
    .flatMap(({ actor }) => actor?.reference ?? [])
    .filter((reference) => PEOPLE.has(localTarget(reference)?.type ?? ''));
  const warnings: Finding[] = [];
  for (const reference of people) {
    const found = await context.store.find(
      'Appointment',
      {
        $and: [{ 's.ref': referenceKey('actor', reference) }, { 's.tok': codeTokenKey('status', 'booked') }],
        'k.date': { $gte: day.start, $lt: day.end },
      },
      { limit: MOST },
    );
    const other = found
      .filter(({ _id }) => !builder.has(`Appointment/${_id}`))
      .map((stored) => resourceOf<Appointment>(stored))
      .find((one) => Date.parse(one.start ?? '') < Date.parse(end) && Date.parse(one.end ?? '') > Date.parse(start));
    if (other?.start === undefined || other.end === undefined) continue;
    const params = { who: await nameOf(move, reference), start: clock(other.start), end: clock(other.end) };
    warnings.push({ code: 'practitioner-busy', severity: 'warning', params, expression: 'participant' });
  }
  return warnings;
}
