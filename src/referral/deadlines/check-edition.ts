import type { z } from 'zod';
import type { Words } from '../../words.js';
import { ALL_CLOCKS, PRIORITIES } from '../clocks.js';
import { EditionContent, type EscalationStep } from './edition.js';
import { ALL_LEVELS } from './levels.js';
import { WorkCalendar } from './work-calendar.js';

/** Something that is wrong with a table that was given. */
export interface EditionProblem {
  /** Where: `terms[3].unit`, or the line of a CSV file. */
  readonly place: string;
  readonly words: Words;
}

export type CheckedEdition =
  | { readonly ok: true; readonly content: EditionContent }
  | { readonly ok: false; readonly problems: readonly EditionProblem[] };

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** A message of zod as people read it: what was expected there. */
function shapeWords(issue: z.core.$ZodIssue): Words {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return { es: `no se conoce ${keys}`, en: `${keys} is unknown` };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return { es: `se admite: ${values}`, en: `allowed: ${values}` };
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const bound = issue.code === 'too_big' ? `≤ ${issue.maximum}` : `≥ ${issue.minimum}`;
    return { es: `fuera de rango (${bound})`, en: `out of range (${bound})` };
  }
  if (issue.code === 'custom') return { es: `no vale: ${issue.message}`, en: `not allowed: ${issue.message}` };
  return { es: 'falta o no tiene la forma debida', en: 'missing, or not of the right form' };
}

const row = (place: string, es: string, en: string): EditionProblem => ({ place, words: { es, en } });

/** Codes and ids that the rows of a table may name. */
export interface KnownKeys {
  /** Codes of specialties. */
  readonly specialties: ReadonlySet<string>;
  /** Ids of HealthcareServices. */
  readonly services: ReadonlySet<string>;
}

function termProblems({ terms }: EditionContent, { specialties, services }: KnownKeys): EditionProblem[] {
  const seen = new Set<string>();
  const problems = terms.flatMap(({ clock, priority, specialty, service }, index): EditionProblem[] => {
    const place = `terms[${index}]`;
    const key = `${clock} ${priority} ${specialty ?? service ?? ''}`;
    const twice = seen.has(key);
    seen.add(key);
    return [
      ...(twice ? [row(place, `${key.trim()} está dos veces`, `${key.trim()} is given twice`)] : []),
      ...(specialty !== undefined && !specialties.has(specialty)
        ? [row(`${place}.specialty`, `no hay especialidad ${specialty}`, `there is no specialty ${specialty}`)]
        : []),
      ...(service !== undefined && !services.has(service)
        ? [row(`${place}.service`, `no hay servicio ${service}`, `there is no service ${service}`)]
        : []),
    ];
  });
  const missing = ALL_CLOCKS.flatMap((clock) =>
    PRIORITIES.filter((priority) => !seen.has(`${clock} ${priority} `)).map((priority) =>
      row('terms', `falta la fila de ${clock} ${priority}`, `the row of ${clock} ${priority} is missing`),
    ),
  );
  return [...problems, ...missing];
}

const HOUR_MS = 3_600_000;

/** The longest term in working time, with its last step of escalation: no clock could start when the calendar does not reach so far. */
function reachProblems(content: EditionContent): EditionProblem[] {
  const calendar = new WorkCalendar(content);
  const longest = Math.max(1, ...content.escalation.map(({ share }) => share));
  const lengths = content.terms.map(({ amount, unit }) =>
    unit === 'elapsed-hours' ? 0 : amount * longest * (unit === 'working-days' ? calendar.dayMs : HOUR_MS),
  );
  const most = Math.max(...lengths);
  try {
    calendar.add(new Date(content.validFrom), most);
    return [];
  } catch {
    const words = { es: 'pasa de los días hábiles del calendario', en: 'is beyond the working days of the calendar' };
    return [{ place: `terms[${lengths.indexOf(most)}].amount`, words }];
  }
}

/** Steps of one clock go up: each level once, none told before the one below it. */
function rises(steps: readonly EscalationStep[]): boolean {
  return steps.every((step, index) => {
    const before = steps[index - 1];
    return !before || (ALL_LEVELS.indexOf(step.level) > ALL_LEVELS.indexOf(before.level) && step.share >= before.share);
  });
}

function escalationProblems({ escalation }: EditionContent): EditionProblem[] {
  const byClock = new Map<string | undefined, EscalationStep[]>();
  for (const step of escalation) byClock.set(step.clock, [...(byClock.get(step.clock) ?? []), step]);
  const problems = [...byClock].flatMap(([clock, steps]): EditionProblem[] =>
    rises(steps)
      ? []
      : [
          row(
            'escalation',
            `${clock ?? 'general'}: los niveles van de ${ALL_LEVELS.join(', ')} y no se adelantan`,
            `${clock ?? 'general'}: levels go ${ALL_LEVELS.join(', ')}, none before the one below it`,
          ),
        ],
  );
  return byClock.has(undefined)
    ? problems
    : [...problems, row('escalation', 'faltan los pasos generales (sin reloj)', 'the general steps are missing')];
}

/**
 * Checks a table of deadlines as it was given (parsed JSON).
 * @param known specialties and services that exist
 * @returns the table, or everything that is wrong with it
 */
export function checkEdition(given: unknown, known: KnownKeys): CheckedEdition {
  const parsed = EditionContent.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ place: pathOf(issue.path), words: shapeWords(issue) }));
    return { ok: false, problems };
  }
  const problems = [
    ...termProblems(parsed.data, known),
    ...escalationProblems(parsed.data),
    ...reachProblems(parsed.data),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, content: parsed.data };
}
