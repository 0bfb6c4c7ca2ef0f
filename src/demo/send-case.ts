import { STATES } from '../referral/states.js';
import { stateOf } from '../referral/vocabulary.js';
import { caseBundle } from './case-bundle.js';
import type { DemoCase } from './demo-data.js';
import { Differs, whyText } from './differs.js';
import { planCase } from './plan-case.js';
import { registerPerson } from './register-people.js';
import { numberOf, pairIn, type SentCase } from './sent-case.js';
import type { Registered, Stage } from './stage.js';

/** The patient as the origin knows him or her; somebody registered elsewhere is found by identifier. */
async function patientOf(stage: Stage, { patient, from }: DemoCase): Promise<Registered> {
  const known = stage.people.get(patient);
  if (!known) throw new Differs(`${patient} no está registrado`);
  return known.person.at === from ? known : (await registerPerson(stage, known.person, from)).found;
}

/**
 * Sends a case; one that was sent before is found by its placer number and stays as it is. Tells the step, and
 * gives undefined when it went wrong.
 */
export async function sendCase(stage: Stage, each: DemoCase): Promise<SentCase | undefined> {
  const { data, directory, system, report } = stage;
  const [origin, destination, author] = await Promise.all([
    directory.facility(each.from),
    directory.facility(each.to),
    directory.post('clinician', each.from),
  ]);
  const way = `${origin.name} → ${destination.name} · enviar`;
  try {
    const plan = planCase(each);
    const registered = await patientOf(stage, each);
    const patient = { reference: `Patient/${registered.id}` };
    const first = data.cases.find(({ patient: of, from }) => of === each.patient && from === each.from) === each;
    const scene = { first, origin, destination, author, patient, person: registered.person, now: Date.now() };
    const { body, status } = await system(each.from).operation('submit', 'ServiceRequest', {
      input: caseBundle(each, scene),
    });
    const sent = { ...pairIn(body), each, plan, person: registered };
    const state = stateOf(sent.task);
    const already = status === 200;
    if (state === undefined || (!already && state !== plan.sent)) throw new Differs(`quedó en «${state ?? '?'}»`);
    const line = `${numberOf(sent)} · ${registered.name} · ${way} · ${author.display} → ${STATES[state].es}`;
    report.step(already ? 'already' : 'done', line, plan.edge);
    return sent;
  } catch (error) {
    report.step('different', `caso ${each.key} · ${way}: ${whyText(error)}`);
    return undefined;
  }
}
