import type { Task } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { reachOf } from '../../../../access/policy/policy-table.js';
import { endOfDay } from '../../../../referral/follow-up/follow-up-tasks.js';
import { dueOf, isOpenItem } from '../../../../referral/follow-up/item-tasks.js';
import { Button } from '../../../components/button.js';
import { ClockTag } from '../../../components/clock-tag.js';
import { Fold } from '../../../components/fold.js';
import { Form } from '../../../components/form.js';
import { TextField } from '../../../components/text-field.js';
import { dateText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { REFERRAL } from '../../../texts/referral.js';
import type { Words } from '../../../../words.js';
import type { ReferralView } from '../referral-view.js';

interface ItemsProps {
  readonly page: PageContext;
  readonly view: ReferralView;
  readonly items: readonly (Task & { readonly id: string })[];
}

const named = ({ es, en }: Words, item: string): Words => ({
  es: es.replace('{item}', item),
  en: en.replace('{item}', item),
});

/** What became of a point, when somebody has said so. */
function result({ say, language }: PageContext, { status, executionPeriod, statusReason }: Task): string {
  const when = executionPeriod?.end === undefined ? '' : dateText(executionPeriod.end, language);
  return status === 'completed'
    ? say(REFERRAL.datedDone, { when })
    : say(REFERRAL.datedEnded, { reason: statusReason?.text ?? '' });
}

/** Dated points of the plan, ticked one by one by the origin; each form works by itself and without JavaScript. */
export function DatedItems({ page, view, items }: ItemsProps): VNode | null {
  const { say, language } = page;
  if (items.length === 0) return null;
  const ticks =
    view.side === 'origin' &&
    view.state === 'follow-up' &&
    reachOf(page.signedIn().role, 'workflow', '$complete-item') !== undefined;
  return (
    <>
      <h3 id="puntos">{say(REFERRAL.dated)}</h3>
      <ul class="rr-points">
        {items.map((task, index) => {
          const { description: item = '' } = task;
          const path = `/referencias/${view.order.id}/puntos/${task.id}`;
          return (
            <li>
              <p>
                {say(REFERRAL.datedDue, { item, when: dateText(dueOf(task), language) })}{' '}
                {isOpenItem(task) ? <ClockTag due={new Date(endOfDay(dueOf(task)))} /> : <em>{result(page, task)}</em>}
              </p>
              {ticks && isOpenItem(task) && (
                <>
                  <Form action={path}>
                    <input type="hidden" name="hecho" value="si" />
                    <Button label={named(REFERRAL.tick, item)} kind="plain" />
                  </Form>
                  <Fold title={named(REFERRAL.untick, item)}>
                    <Form action={path}>
                      <input type="hidden" name="campo" value={`razon-${index}`} />
                      <TextField name={`razon-${index}`} label={REFERRAL.untickWhy} />
                      <Button label={named(REFERRAL.untick, item)} kind="plain" />
                    </Form>
                  </Fold>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
