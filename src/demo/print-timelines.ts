import { STATES, isReferralState } from '../referral/states.js';
import { alignTable } from './align-table.js';
import { partReader } from './part-reader.js';
import { numberOf, type SentCase } from './sent-case.js';
import { whyText } from './differs.js';
import { shortTime } from './short-time.js';
import type { Stage } from './stage.js';

/** Most events shown of one person. */
const MOST_EVENTS = 25;

/** Words for the types of resources in a timeline. */
const KINDS: Readonly<Record<string, string>> = {
  Encounter: 'Atención',
  Condition: 'Diagnóstico',
  Observation: 'Resultado',
  MedicationRequest: 'Receta',
  MedicationStatement: 'Medicamento',
  Procedure: 'Procedimiento',
  Immunization: 'Vacuna',
  DiagnosticReport: 'Informe',
  ServiceRequest: 'Referencia',
  Appointment: 'Cita',
  Composition: 'Respuesta',
};

/**
 * Prints what is known of each person over all facilities, newest first, as the facility that registered him or her
 * sees it; says when one of the person's referrals is missing there.
 */
export async function printTimelines(stage: Stage, cases: readonly SentCase[]): Promise<void> {
  const { report, people, directory, system } = stage;
  for (const { person, id, name } of people.values()) {
    const facility = await directory.facility(person.at);
    report.say('');
    report.say(`Línea de tiempo / timeline: ${name} (${facility.name})`);
    try {
      const { body } = await system(person.at).operation('timeline', `Patient/${id}`);
      const parameters = body.parameter ?? [];
      for (const allergy of parameters.filter(({ name: part }) => part === 'allergy'))
        report.say(`  Alergia / allergy: ${partReader(allergy)('text')}`);
      const events = parameters.filter(({ name: part }) => part === 'event').map(partReader);
      const rows = events.slice(0, MOST_EVENTS).map((value) => {
        const state = value('state');
        const kind = value('kind');
        const status = isReferralState(state) ? STATES[state].es : value('status');
        return [shortTime(value('date')), KINDS[kind] ?? kind, value('text'), status, value('place')];
      });
      for (const line of alignTable(['Fecha', 'Qué', 'Detalle', 'Estado', 'Dónde'], rows)) report.say(line);
      const shown = new Set(events.map((value) => value('reference')));
      for (const sent of cases)
        if (sent.each.patient === person.key && !shown.has(`ServiceRequest/${sent.order.id}`))
          report.differs(`${name}: falta ${numberOf(sent)} en la línea de tiempo`);
    } catch (error) {
      report.differs(`${name}: no hay línea de tiempo: ${whyText(error)}`);
    }
  }
}
