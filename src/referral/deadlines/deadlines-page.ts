import { ALL_CLOCKS, CLOCKS, PRIORITIES } from '../clocks.js';
import { ALL_STATES, stateRow } from '../states.js';
import type { TermRow } from './edition.js';
import { holidaysOf } from './holidays.js';
import { LEVELS } from './levels.js';
import { SHIPPED_DEADLINES, SHIPPED_EDITION } from './shipped-edition.js';
import { termWords } from './term-words.js';
import { ALL_UNITS, UNITS } from './units.js';

const DAY_MS = 86_400_000;
/** Years whose holidays are shown, so that the rules can be compared with the calendar on the wall. */
const SHOWN_YEARS = [2025, 2026, 2027] as const;
const DAYS = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'] as const;

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
const code = (text: string): string => `\`${text}\``;

const termText = (term: Pick<TermRow, 'amount' | 'unit'>): string => termWords(term).es;

const terms = (): string =>
  table(
    ['Reloj / Clock', 'Qué tiene que pasar / What has to happen', 'Estados / States', ...PRIORITIES.map(code)],
    ALL_CLOCKS.map((clock) => [
      code(clock),
      `${CLOCKS[clock].es} / ${CLOCKS[clock].en}`,
      ALL_STATES.filter((state) => stateRow(state).clock === clock)
        .map(code)
        .join(' ') || 'todos hasta la cita / all until the appointment',
      ...PRIORITIES.map((priority) => termText(SHIPPED_DEADLINES.term({ clock, priority }))),
    ]),
  );

const pauses = (): string =>
  table(
    ['Estado / State', 'Reloj en pausa / Paused clock'],
    ALL_STATES.flatMap((state) => {
      const { pauses: clock } = stateRow(state);
      return clock ? [[code(state), code(clock)]] : [];
    }),
  );

const limits = (): string => {
  const { infoRequestDays, unavailableDays } = SHIPPED_EDITION.limits;
  const same = PRIORITIES.map(() => `${unavailableDays} d`);
  return table(
    ['Límite / Limit', ...PRIORITIES.map(code)],
    [
      [
        'Plazo que triaje puede dar al origen para contestar / Term that triage may give the origin to reply',
        ...PRIORITIES.map((priority) => `${infoRequestDays[priority]} d`),
      ],
      [
        'Tiempo en que el paciente no puede venir, en total / Time in which the patient is not available, in all',
        ...same,
      ],
    ],
  );
};

const escalation = (): string =>
  table(
    ['Reloj / Clock', 'A quién / Whom', 'Cuándo / When'],
    SHIPPED_EDITION.escalation.map(({ clock, level, share }) => [
      clock ? code(clock) : 'los demás / the others',
      `${LEVELS[level].es} / ${LEVELS[level].en}`,
      share === 0 ? 'al vencer / when overdue' : `${Math.round(share * 100)} % del plazo después / of the term later`,
    ]),
  );

const holidays = (): string => {
  const dates = SHOWN_YEARS.map(
    (year) => new Map(holidaysOf(year, SHIPPED_EDITION.holidays).map(({ day, name }) => [name, day])),
  );
  const names = [...new Set(dates.flatMap((ofYear) => [...ofYear.keys()]))];
  const text = (day: number | undefined): string => {
    if (day === undefined) return '–';
    const date = new Date(day * DAY_MS);
    return `${DAYS[date.getUTCDay()] ?? ''} ${date.toISOString().slice(5, 10)}`;
  };
  return table(
    ['Feriado / Holiday', ...SHOWN_YEARS.map(String)],
    names.map((name) => [name, ...dates.map((ofYear) => text(ofYear.get(name)))]),
  );
};

/** Markdown page of the deadlines that come with the service, from their file and the tables of states. */
export function deadlinesPage(): string {
  const { validFrom, approvedBy, workday } = SHIPPED_EDITION;
  const section = (title: string, text: string, body: string): string => `## ${title}\n\n${text}\n\n${body}\n`;
  return [
    '# Plazos / Deadlines\n',
    'Esta página se genera de `seed/deadlines.json` y de las tablas de `src/referral/`; no se edita a mano. Es la edición que trae el servicio; lo que rige en una instalación lo dice `npm run cli -- deadlines show`. / This page is generated. It is the edition that comes with the service; what is in force in an installation is told by `npm run cli -- deadlines show`.\n',
    section(
      'Plazos por reloj y prioridad / Terms by clock and priority',
      `Rige desde ${validFrom}. ${approvedBy}. Una fila puede llevar una especialidad o un servicio (HealthcareService); sin ellos es la usual, y vale la fila más específica. Unidades / units: ${ALL_UNITS.map((unit) => `${code(unit)} (${UNITS[unit].es})`).join(', ')}. \`asap\` y \`stat\` corren siempre en horas corridas. / A row may name a specialty or a service (HealthcareService); without them it is the default, and the most specific row wins. The days of routine and urgent referrals are working days, as the clocks of e-RS count contact days; what a visit or the follow-up may take stays in calendar days. \`asap\` and \`stat\` always run in elapsed hours.`,
      terms(),
    ),
    section(
      'Pausas / Pauses',
      'Lo que le quedaba al reloj sigue cuando la referencia vuelve; si ya había vencido, sigue vencido lo mismo y nadie recibe el aviso dos veces. / What was left of the clock goes on when the referral comes back; one that had run out stays overdue by as much, and nobody is told twice.',
      pauses(),
    ),
    section('Límites / Limits', 'En días corridos. / In calendar days.', limits()),
    section(
      'A quién se avisa / Who is told',
      'De una referencia vencida se avisa una vez a cada nivel: aparece en su lista `escalated`. / Of an overdue referral each level is told once: it appears on its list `escalated`.',
      escalation(),
    ),
    section(
      'Días hábiles y feriados / Working days and holidays',
      `Jornada de ${workday.opens} a ${workday.closes}, ${workday.weekdays.map((day) => DAYS[day]).join(', ')}, hora de Honduras (UTC-6). Por confirmar por la Secretaría: los centros de salud y hospitales atienden también en feriados; aquí solo deciden cuándo vence un plazo en tiempo hábil. / Workday in the time of Honduras (UTC-6), to be confirmed by the ministry.`,
      holidays(),
    ),
  ].join('\n');
}
