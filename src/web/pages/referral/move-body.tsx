import type { VNode } from 'preact';
import { Button, LinkButton } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { Notice } from '../../components/notice.js';
import type { FormFields } from '../../form-fields.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import type { Problem } from '../../problems.js';
import { STATES } from '../../../referral/states.js';
import { MOVE_WORDS, type OfferedMove } from '../../texts/referral-moves.js';
import { REFERRAL } from '../../texts/referral.js';
import { FormInputs } from './forms/form-inputs.js';
import { MOVE_FORMS } from './forms/move-forms.js';
import type { ShownInput } from './forms/shown-inputs.js';
import { MOVE_BUTTONS } from './move-buttons.js';
import type { ReferralView } from './referral-view.js';
import { Answer } from './sections/answer.js';
import { Information } from './sections/information.js';
import { OrderFacts, Question } from './sections/order-facts.js';
import { PatientHead } from './sections/patient-head.js';
import { SeenFields } from './sections/state-box.js';

export interface MoveBodyProps {
  readonly page: PageContext;
  readonly view: ReferralView;
  readonly move: OfferedMove;
  readonly inputs: readonly ShownInput[];
  readonly given: FormFields;
  readonly problems: readonly Problem[];
}

function MoveForm({ view, move, inputs, given, problems }: MoveBodyProps): VNode {
  const say = useSay();
  const { intro } = MOVE_FORMS[move];
  const here = `/referencias/${view.order.id}`;
  return (
    <>
      {intro && <p>{say(intro)}</p>}
      <Form action={`${here}/${move}`}>
        <SeenFields view={view} />
        <FormInputs inputs={inputs} given={given} problems={problems} />
        <Button label={MOVE_WORDS[move].send} kind={MOVE_BUTTONS[move].kind === 'danger' ? 'danger' : 'send'} />
        <LinkButton label={REFERRAL.backTo} href={here} />
      </Form>
    </>
  );
}

/** The form of a move; where it helps, with what it answers beside it (first on narrow screens). */
export function MoveBody(props: MoveBodyProps): VNode {
  const say = useSay();
  const { page, view, move, problems } = props;
  const { beside } = MOVE_FORMS[move];
  const head = (
    <>
      <ErrorSummary problems={problems} />
      <p class="rr-quiet">
        {say(REFERRAL.summaryLine, { number: view.number, origin: view.facilityName(view.sides.origin) })}
      </p>
      <PatientHead page={page} view={view} />
    </>
  );
  if (!beside)
    return (
      <>
        {head}
        <MoveForm {...props} />
      </>
    );
  return (
    <>
      {head}
      <div class="rr-two">
        <div class="rr-two__beside">
          {beside === 'answer' && <Answer page={page} view={view} />}
          <Question page={page} view={view} />
          {beside === 'question' && (
            <>
              <Information page={page} view={view} />
              <h2>{say(REFERRAL.whatCame)}</h2>
              <OrderFacts page={page} view={view} />
            </>
          )}
        </div>
        <div>
          <h2>{say(REFERRAL.whatYouAnswer)}</h2>
          <MoveForm {...props} />
        </div>
      </div>
    </>
  );
}

/** The move was possible for this kind of post, but not as the referral stands now. */
export function NotNow({ view }: { readonly view: ReferralView }): VNode {
  const say = useSay();
  return (
    <>
      <Notice kind="warn">
        <p>{say(REFERRAL.notNowText, { state: say(STATES[view.state]) })}</p>
      </Notice>
      <p>
        <LinkButton label={REFERRAL.backToReferral} href={`/referencias/${view.order.id}`} kind="send" />
      </p>
    </>
  );
}
