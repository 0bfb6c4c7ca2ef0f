import type { Task } from '@medplum/fhirtypes';
import type { Words } from '../words.js';
import { dateIn } from './local-day.js';
import type { ReferralState } from './states.js';
import { objectsIn } from './untrusted.js';
import { isOpenTask } from './side-tasks.js';

/** What was asked, in its words. */
const askedFor = ({ input }: Task): string =>
  objectsIn(input)
    .flatMap(
      ({ valueString, valueCodeableConcept: concept }) =>
        valueString ?? concept?.text ?? concept?.coding?.[0]?.display ?? [],
    )
    .join('; ');

/**
 * What the service proposes once the origin's term for the missing information has passed (transition 06: the service may
 * propose the rejection, triage decides): the comment with which `$no-response` can be confirmed as it is. Undefined before
 * the term, and when nothing is asked. Nothing is ever rejected by itself.
 * @param asked the open information Task of the leg
 */
export function noResponseProposal(
  {
    state,
    leg,
    asked,
  }: { readonly state: ReferralState; readonly leg: Task | undefined; readonly asked: Task | undefined },
  now: Date,
): Words | undefined {
  const end = Date.parse(leg?.restriction?.period?.end ?? '');
  if (state !== 'info-requested' || !asked || !isOpenTask(asked) || Number.isNaN(end) || end > now.getTime())
    return undefined;
  const since = dateIn(new Date(asked.authoredOn ?? end));
  const until = dateIn(new Date(end));
  const what = askedFor(asked);
  return {
    es: `Se pidió al origen el ${since}: ${what}. El plazo venció el ${until} y no hubo respuesta. Puede volver a enviarla con lo que se pidió.`,
    en: `Asked of the origin on ${since}: ${what}. The term ended on ${until} without an answer. It can be sent again with what was asked.`,
  };
}
