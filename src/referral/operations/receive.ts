import type { Identifier } from '@medplum/fhirtypes';
import { SID } from '../../config/canonical.js';
import { serviceActing } from '../acting.js';
import { advance } from '../advance.js';
import { moveOperation } from '../move-operation.js';

/**
 * `Task/$receive`: the destination says it has the referral and gives it to triage (LN23:2019 8.3.3, 8.4.3). Asked by triage,
 * who opens it before the desk did, the service receives it on behalf of that person (transition 03, SY).
 */
export const receive = moveOperation({
  move: 'receive',
  purpose: 'El destino confirma que recibió la referencia y la pasa a triaje; puede anotar su propio número.',
  apply: (move) => {
    const task = advance(move);
    const number = move.values.text('identifier');
    const own: Identifier = { system: SID.placer, value: number ?? '', assigner: task.owner as Identifier['assigner'] };
    const opened = !move.parties.includes('DD') && move.acting.who;
    return {
      ...(opened ? { acting: serviceActing(opened) } : {}),
      task: {
        ...task,
        executionPeriod: { ...task.executionPeriod, start: move.now.toISOString() },
        ...(number === undefined ? {} : { identifier: [...(task.identifier ?? []), own] }),
      },
    };
  },
});
