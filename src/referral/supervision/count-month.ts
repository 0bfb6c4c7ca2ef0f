import type { Coding, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { quantile } from '../directory/quantile.js';
import { previousLegs } from '../legs.js';
import { lastOutput } from '../task-io.js';
import { isLeg, stateOf } from '../vocabulary.js';
import type { LocalMonth } from './local-month.js';
import type { SupervisionRow } from './supervision-rows.js';

/** One figure: a count, of one code where the row is detailed; days where it is a median. */
export interface SupervisionFigure {
  readonly row: SupervisionRow;
  /** Code of the row's code system. */
  readonly code?: string;
  readonly value: number;
}

/** Tasks of one or several facilities that changed since the month began. */
export interface MonthTasks {
  /** Where a facility is the origin. */
  readonly sent: readonly Task[];
  /** Where a facility is the destination. */
  readonly received: readonly Task[];
}

const DAY_MS = 86_400_000;

const isIn = ({ start, end }: LocalMonth, moment: string | undefined): boolean => {
  const at = Date.parse(moment ?? '');
  return at >= start.getTime() && at < end.getTime();
};

const isAnswered = (leg: Task): boolean => lastOutput(leg, 'respuesta') !== undefined;

const counted = (row: SupervisionRow, codes: readonly (string | undefined)[]): SupervisionFigure[] => {
  const counts = new Map<string, number>();
  for (const code of codes) if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([code, value]) => ({ row, code, value }));
};

const judged = (legs: readonly Task[], name: 'oportuna' | 'justificada'): SupervisionFigure[] =>
  counted(
    name,
    legs.map(({ extension }) => extension?.find(({ url }) => url === extensionUrl(name))?.valueCode),
  );

const reasons = (legs: readonly Task[], row: 'rejected' | 'redirected', system: string): SupervisionFigure[] =>
  counted(
    row,
    legs.flatMap(({ statusReason }) =>
      (statusReason?.coding ?? []).filter((one: Coding) => one.system === system).map(({ code }) => code),
    ),
  );

/** Median of whole days; no figure without any. */
function days(
  row: SupervisionRow,
  legs: readonly Task[],
  from: (leg: Task) => string | undefined,
  to: (leg: Task) => string | undefined,
): SupervisionFigure[] {
  const values = legs.flatMap((leg) => {
    const value = (Date.parse(to(leg) ?? '') - Date.parse(from(leg) ?? '')) / DAY_MS;
    return Number.isNaN(value) || value < 0 ? [] : [Math.round(value)];
  });
  return values.length === 0 ? [] : [{ row, value: quantile(values, 0.5) }];
}

/** Whoever came by themselves was sent by nobody: the facility received them, as in the daily register. */
const isSelfPresented = ({ owner, requester }: Task): boolean => owner?.reference === requester?.reference;

/** The figures of a month, derived from the legs alone; nothing is typed (rules: `supervision-rows.ts`). */
export function countMonth(month: LocalMonth, tasks: MonthTasks): readonly SupervisionFigure[] {
  const sent = tasks.sent.filter(
    (leg) => isLeg(leg) && previousLegs(leg).length === 0 && isIn(month, leg.authoredOn) && !isSelfPresented(leg),
  );
  const here = tasks.received.filter((leg) => isLeg(leg));
  const received = here.filter(({ executionPeriod }) => isIn(month, executionPeriod?.start));
  const answered = received.filter(isAnswered);
  const given = here.filter((leg) => isAnswered(leg) && isIn(month, leg.executionPeriod?.end));
  const one = (row: SupervisionRow, value: number): SupervisionFigure => ({ row, value });
  return [
    one('sent', sent.length),
    ...counted('sent-state', sent.map(stateOf)),
    one('sent-answered', sent.filter(isAnswered).length),
    one('received', received.length),
    ...counted('received-state', received.map(stateOf)),
    one('answered-of-received', answered.length),
    one('answers-given', given.length),
    ...judged(answered, 'oportuna'),
    ...judged(answered, 'justificada'),
    ...reasons(received, 'rejected', codeSystemUrl('reject-reason')),
    ...reasons(received, 'redirected', codeSystemUrl('redirect-reason')),
    one('with-appointment', received.filter((leg) => lastOutput(leg, 'appointment') !== undefined).length),
    ...days(
      'days-to-receipt',
      received,
      ({ authoredOn }) => authoredOn,
      ({ executionPeriod }) => executionPeriod?.start,
    ),
    ...days(
      'days-to-answer',
      answered,
      ({ executionPeriod }) => executionPeriod?.start,
      ({ executionPeriod }) => executionPeriod?.end,
    ),
  ];
}
