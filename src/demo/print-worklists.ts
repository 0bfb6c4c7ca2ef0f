import type { Task } from '@medplum/fhirtypes';
import { stateRow, STATES } from '../referral/states.js';
import { stateOf } from '../referral/vocabulary.js';
import { ALL_WORKLISTS, isWholeList, worklistRow } from '../referral/worklists.js';
import { alignTable } from './align-table.js';
import { partReader } from './part-reader.js';
import type { AdvancedCase } from './advance-case.js';
import { whyText } from './differs.js';
import { shortTime } from './short-time.js';
import type { Stage } from './stage.js';

/** Most rows shown of one list. */
const MOST_ROWS = 10;

/** Facility that must act in the state a case was left in, as an alias. */
function owes(one: AdvancedCase): string | undefined {
  const side = stateRow(one.each.ends).actsNext;
  return side === 'origin' ? one.each.from : side === 'destination' ? one.plan.destination : undefined;
}

/** How many of these cases must at least be in a list of a facility. */
function expected(list: string, alias: string, cases: readonly AdvancedCase[]): number {
  const name = ALL_WORKLISTS.find((each) => each === list);
  const row = name && worklistRow(name);
  if (!row || !isWholeList(name)) return 0;
  return cases.filter((one) => one.asScripted && owes(one) === alias && row.states.includes(one.each.ends)).length;
}

/** Prints what waits at each facility: the count of every list, and the first rows of those that are not empty. */
export async function printWorklists(
  stage: Stage,
  aliases: readonly string[],
  cases: readonly AdvancedCase[],
): Promise<void> {
  const { report, directory, system, people } = stage;
  const names = new Map([...people.values()].map(({ id, name }) => [`Patient/${id}`, name]));
  for (const alias of aliases) {
    const facility = await directory.facility(alias);
    report.say('');
    report.say(`Listas de trabajo / worklists: ${facility.name}`);
    try {
      const { body } = await system(alias).operation('worklists', `Organization/${facility.id}`);
      const lists = (body.parameter ?? []).map(partReader);
      const filled = lists.filter((value) => value('count') !== '0');
      const counts = filled.map((value) => `${value('display')} ${value('count')}`).join(' · ');
      report.say(`  ${counts === '' ? 'Nada espera. / Nothing waits.' : counts}`);
      for (const value of lists) {
        const least = expected(value('name'), alias, cases);
        if (Number(value('count')) < least)
          report.differs(`${facility.name}: «${value('display')}» tiene ${value('count')}, se esperaban ${least}`);
      }
      const rows = await Promise.all(
        filled.map(async (value) => {
          // Lists cut by their term are an operation, not a search; their rows stand in other lists too.
          const { pathname, searchParams } = new URL(value('url'));
          if (!pathname.endsWith('/Task')) return [];
          const query = Object.fromEntries(searchParams);
          const tasks = await system(alias).search<Task>('Task', { ...query, _count: MOST_ROWS });
          return tasks.map((task) => {
            const state = stateOf(task);
            return [
              value('display'),
              task.groupIdentifier?.value ?? '',
              names.get(task.for?.reference ?? '') ?? task.for?.reference ?? '',
              state === undefined ? '' : STATES[state].es,
              task.priority ?? '',
              shortTime(task.restriction?.period?.end ?? ''),
            ];
          });
        }),
      );
      const titles = ['Lista', 'Número', 'Paciente', 'Estado', 'Prioridad', 'Plazo'];
      if (counts !== '') for (const line of alignTable(titles, rows.flat())) report.say(line);
    } catch (error) {
      report.differs(`${facility.name}: no hay listas de trabajo: ${whyText(error)}`);
    }
  }
}
