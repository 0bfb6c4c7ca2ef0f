import type { Slot } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { Button, LinkButton } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import { patientTime } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { Problem } from '../../problems.js';
import { VISIT, VISIT_REASONS } from '../../texts/patient-visit.js';
import { Call } from './next-step.js';
import type { TrackedReferral } from './tracked-referral.js';

/** What the patient wants with the own appointment. */
export type VisitMove = 'reschedule' | 'cancel-appointment';

/** Address of the page of each move, behind that of the referral. */
export const VISIT_PATHS: Readonly<Record<VisitMove, string>> = {
  reschedule: 'cambiar',
  'cancel-appointment': 'cancelar',
};

/** What was chosen so far. */
export interface Chosen {
  /** Version of the referral that the person saw. */
  readonly version: string;
  readonly reason: string;
  /** Slot id; empty when nothing is chosen, or for a cancellation. */
  readonly slot: string;
}

interface VisitProps {
  readonly move: VisitMove;
  readonly referral: TrackedReferral;
  readonly slots: readonly Slot[];
  readonly chosen: Chosen;
}

const back = ({ id }: TrackedReferral): string => `/mi/referencias/${id}`;
const here = ({ referral, move }: Pick<VisitProps, 'referral' | 'move'>): string =>
  `${back(referral)}/${VISIT_PATHS[move]}`;

function Hidden({ values }: { readonly values: Readonly<Record<string, string>> }): VNode {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

const errorOf = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find((one) => one.field === field)?.text;

/** First step: the date that the patient wants, and why; where no date is free, what to do instead. */
export function VisitForm(props: VisitProps & { readonly problems?: readonly Problem[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { move, referral, slots, chosen, problems = [] } = props;
  const changes = move === 'reschedule';
  if (changes && slots.length === 0)
    return (
      <div class="rr-big">
        <EmptyState title={say(VISIT.noSlots)}>
          <p>{say(VISIT.noSlotsText)}</p>
        </EmptyState>
        <Call facility={referral.call} />
        <LinkButton label={VISIT.cancel} href={`${back(referral)}/${VISIT_PATHS['cancel-appointment']}`} />
        <LinkButton label={VISIT.no} href={back(referral)} />
      </div>
    );
  const dates = slots.map(({ id = '', start }) => ({ value: id, text: patientTime(start, language) }));
  const reasons = Object.entries(VISIT_REASONS).map(([value, words]) => ({ value, text: say(words) }));
  return (
    <div class="rr-big">
      <ErrorSummary problems={problems} />
      {referral.visit && <p>{say(VISIT.yours, { visit: patientTime(referral.visit.start, language) })}</p>}
      <Form action={here(props)}>
        <Hidden values={{ version: chosen.version }} />
        {changes && (
          <Choices
            name="cupo"
            label={VISIT.newDate}
            hint={VISIT.newDateHint}
            choices={dates}
            chosen={[chosen.slot]}
            error={errorOf(problems, 'cupo')}
          />
        )}
        <Choices
          name="motivo"
          label={VISIT.reason}
          choices={reasons}
          chosen={[chosen.reason]}
          error={errorOf(problems, 'motivo')}
        />
        <Button label={VISIT.goOn} />
      </Form>
      <LinkButton label={VISIT.no} href={back(referral)} />
    </div>
  );
}

/** Second step: what will be, and the question whether the person is sure. */
export function VisitSure(props: VisitProps): VNode {
  const say = useSay();
  const language = useLanguage();
  const { move, referral, slots, chosen } = props;
  const changes = move === 'reschedule';
  const start = slots.find(({ id }) => id === chosen.slot)?.start;
  const facts = [
    { name: VISIT.before, value: referral.visit?.start },
    { name: VISIT.now, value: changes ? start : undefined },
  ].flatMap(({ name, value }) =>
    value === undefined ? [] : [{ name: say(name), value: patientTime(value, language) }],
  );
  return (
    <div class="rr-big">
      <Facts facts={facts} />
      <Notice kind="warn">
        <p>{say(changes ? VISIT.sureChangeText : VISIT.sureCancelText)}</p>
      </Notice>
      <Form action={here(props)}>
        <Hidden values={{ version: chosen.version, motivo: chosen.reason, cupo: chosen.slot, seguro: 'si' }} />
        <Button label={changes ? VISIT.yesChange : VISIT.yesCancel} />
      </Form>
      <LinkButton label={VISIT.no} href={back(referral)} />
    </div>
  );
}

/** Links from the referral to both pages, as far as they are possible. */
export function VisitLinks({ id, moves }: { readonly id: string; readonly moves: ReadonlySet<string> }): VNode | null {
  const say = useSay();
  const links = (Object.keys(VISIT_PATHS) as VisitMove[]).filter((move) => moves.has(move));
  if (links.length === 0) return null;
  return (
    <section class="rr-big">
      <h2>{say(VISIT.question)}</h2>
      {links.map((move) => (
        <LinkButton
          label={move === 'reschedule' ? VISIT.change : VISIT.cancel}
          href={`/mi/referencias/${id}/${VISIT_PATHS[move]}`}
        />
      ))}
    </section>
  );
}
