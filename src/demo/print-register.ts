import { localInstant } from '../seed/history/calendar.js';
import { alignTable } from './align-table.js';
import { partReader } from './part-reader.js';
import { numberOf, type SentCase } from './sent-case.js';
import { whyText } from './differs.js';
import { shortTime } from './short-time.js';
import type { Stage } from './stage.js';

/** Most lines shown of one day. */
const MOST_LINES = 40;

/** Columns of annex 8 (LN23:2019): title, and the part of a row that fills it. */
const COLUMNS: readonly (readonly [title: string, part: string])[] = [
  ['N.º', 'number'],
  ['Clase', 'kind'],
  ['E/R', 'direction'],
  ['Referencia', 'referencia'],
  ['Expediente', 'expediente'],
  ['Identidad', 'identidad'],
  ['Nombre', 'name'],
  ['Teléfono', 'phone'],
  ['Sexo', 'sex'],
  ['Edad', 'age'],
  ['Motivo', 'motive'],
  ['Diagnóstico', 'diagnosis'],
  ['Establecimiento', 'facility'],
  ['Cita', 'appointmentDate'],
];

/** Short words of codes in the register. */
const WORDS: Readonly<Record<string, string>> = {
  sent: 'enviada',
  received: 'recibida',
  male: 'H',
  female: 'M',
  unknown: '',
};

/** Day in Honduras on which a case was sent. */
export const sentDay = (one: SentCase): string => localInstant(Date.parse(one.task.authoredOn ?? '')).slice(0, 10);

/** Prints the daily register (annex 8) of facilities on the day of the demonstration's first one. */
export async function printRegister(
  stage: Stage,
  aliases: readonly string[],
  day: string,
  cases: readonly SentCase[],
): Promise<void> {
  const { report, directory, system } = stage;
  for (const alias of aliases) {
    const facility = await directory.facility(alias);
    report.say('');
    report.say(`Registro diario (anexo 8) / daily register: ${facility.name} (RUPS ${facility.rups}), ${day}`);
    try {
      const { body } = await system(alias).operation('daily-register', `Organization/${facility.id}`, {
        query: { date: day },
      });
      const lines = (body.parameter ?? []).filter(({ name }) => name === 'row').map(partReader);
      const rows = lines.slice(0, MOST_LINES).map((value) =>
        COLUMNS.map(([, part]) => {
          const text = value(part);
          return WORDS[text] ?? (part === 'appointmentDate' ? shortTime(text) : text);
        }),
      );
      for (const line of alignTable(
        COLUMNS.map(([title]) => title),
        rows,
      ))
        report.say(line);
      const sent = new Set(lines.filter((value) => value('direction') === 'sent').map((value) => value('referencia')));
      for (const one of cases)
        if (one.each.from === alias && sentDay(one) === day && !sent.has(numberOf(one)))
          report.differs(`${facility.name}: falta ${numberOf(one)} entre las enviadas del registro diario`);
    } catch (error) {
      report.differs(`${facility.name}: no hay registro diario: ${whyText(error)}`);
    }
  }
}
