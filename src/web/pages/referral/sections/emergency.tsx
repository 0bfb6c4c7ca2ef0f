import type { VNode } from 'preact';
import { afterTheFactOf } from '../../../../referral/emergency/after-the-fact.js';
import { handoverGaps } from '../../../../referral/emergency/handover-gaps.js';
import { partiesOf } from '../../../../referral/parties.js';
import { Button } from '../../../components/button.js';
import { Form } from '../../../components/form.js';
import { Notice } from '../../../components/notice.js';
import { TextArea } from '../../../components/text-area.js';
import { TextField } from '../../../components/text-field.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import type { Problem } from '../../../problems.js';
import { EMERGENCY } from '../../../texts/emergency.js';
import { actorName } from '../actor-name.js';
import type { ReferralView } from '../referral-view.js';
import { SeenFields } from './state-box.js';

interface SectionProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

/** May the signed-in person add the clinical part of the origin now? */
export function mayComplete(page: Pick<PageContext, 'signedIn'>, { order, sides, state }: ReferralView): boolean {
  const { role, facility, facilities } = page.signedIn();
  const fact = afterTheFactOf(order);
  const parties = partiesOf({ roles: [role], facilities, ...(facility === undefined ? {} : { facility }) }, sides);
  const awaits = state !== 'error' && fact?.manner === 'by-word' && fact.completed === undefined;
  return awaits && parties.includes('OC');
}

/** What the handover of an emergency lacks, for whoever sent it and for whoever awaits it. */
export function HandoverGaps({ page, view }: SectionProps): VNode | null {
  const { say, language } = page;
  const gaps = view.state === 'in-transit' ? handoverGaps(view.order) : [];
  if (gaps.length === 0) return null;
  const words = { gaps: gaps.map((gap) => gap[language]).join(', ') };
  return (
    <Notice kind="warn" title={say(EMERGENCY.gapsTitle)}>
      <p>{say(view.side === 'destination' ? EMERGENCY.gapsHere : EMERGENCY.gapsSent, words)}</p>
    </Notice>
  );
}

/** That the referral was made after the arrival: by whom, who sent the person, and whether the origin has added its part. */
export function AfterTheFact({ page, view }: SectionProps): VNode | null {
  const { say, language } = page;
  const fact = afterTheFactOf(view.order);
  if (!fact) return null;
  const who = actorName(view, fact.recorder) || view.facilityName(view.sides.destination);
  return (
    <Notice
      kind={fact.manner === 'by-word' && fact.completed === undefined ? 'warn' : 'info'}
      title={say(EMERGENCY.afterTitle)}
    >
      <p>{say(EMERGENCY.afterText, { who, when: timeText(fact.recorded, language) })}</p>
      <p>
        {fact.manner === 'by-word'
          ? say(EMERGENCY.byWord, { place: view.facilityName(view.sides.origin) })
          : say(EMERGENCY.selfPresented)}{' '}
        {fact.toldBy !== undefined && say(EMERGENCY.told, { who: fact.toldBy })}
      </p>
      {fact.manner === 'by-word' && (
        <p>
          {fact.completed === undefined
            ? say(EMERGENCY.awaits)
            : say(EMERGENCY.completed, { when: timeText(fact.completed, language) })}
        </p>
      )}
    </Notice>
  );
}

/** Fields of the clinical part: name of the input -> parameter of `$complete-order`. */
export const COMPLETE_FIELDS = {
  resumen: { field: 'summary', label: EMERGENCY.summary, needed: true },
  pregunta: { field: 'question', label: EMERGENCY.question, needed: true },
  diagnostico: { field: 'diagnosis', label: EMERGENCY.diagnosis, needed: true },
  recomendaciones: { field: 'recommendations', label: EMERGENCY.recommendations, needed: false },
} as const;

/** The form with which the origin adds what it knows; nothing for whoever may not. */
export function CompleteForm({
  page,
  view,
  problems = [],
}: SectionProps & { readonly problems?: readonly Problem[] }): VNode | null {
  const { say, form } = page;
  if (!mayComplete(page, view)) return null;
  const field = (name: keyof typeof COMPLETE_FIELDS) => ({
    name,
    label: COMPLETE_FIELDS[name].label,
    value: form.get(name),
    error: problems.find((problem) => problem.field === name)?.text,
  });
  return (
    <>
      <h2>{say(EMERGENCY.completeTitle)}</h2>
      <Form action={`/referencias/${view.order.id}/completar`}>
        <SeenFields view={view} />
        <TextArea {...field('resumen')} rows={4} />
        <TextField {...field('pregunta')} />
        <TextField {...field('diagnostico')} />
        <TextArea {...field('recomendaciones')} rows={2} optional />
        <Button label={EMERGENCY.completeSend} kind="send" />
      </Form>
    </>
  );
}
