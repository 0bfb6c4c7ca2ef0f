import { CODE_SYSTEMS } from '../config/code-systems.js';
import { EDGES } from '../referral/edges.js';
import { awaitsOrigin } from '../referral/emergency/after-the-fact.js';
import { COMPLETE_OPERATION } from '../referral/emergency/complete-operation.js';
import { MOVES } from '../referral/moves.js';
import { STATES } from '../referral/states.js';
import { whyText } from './differs.js';
import { maker } from './plan-case.js';
import { availableActions } from './referral-view.js';
import { type ReferralPair, pairIn } from './sent-case.js';
import type { Registered, Stage } from './stage.js';

const RECEIVED = EDGES.find(({ move }) => move === 'receive-emergency');

/** How many steps `playEmergency` makes. */
export const EMERGENCY_STEPS = 2;

/** Where the person of the tour comes from, by word, and where to. */
const PLACES = { origin: 'uaps1', destination: 'hosp1' } as const;
/** Number of the desk: the arrival is registered once, however often the demonstration is played. */
const NUMBER = 'DEMO-hosp1-SIN-REFERENCIA';

async function receive(stage: Stage, person: Registered): Promise<ReferralPair | undefined> {
  if (!RECEIVED) return undefined;
  const { directory, report, system } = stage;
  const [origin, actor] = await Promise.all([
    directory.facility(PLACES.origin),
    directory.post(maker(RECEIVED).role, PLACES.destination),
  ]);
  const what = `${person.name} · ${actor.display} · ${MOVES['receive-emergency'].es}`;
  try {
    const { body, status } = await system(PLACES.destination).operation('receive-emergency', 'ServiceRequest', {
      input: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'actor', valueReference: { reference: actor.reference } },
          { name: 'patient', valueReference: { reference: `Patient/${person.id}` } },
          { name: 'reason', valueString: 'Dolor de pecho desde hace una hora' },
          { name: 'origin', valueReference: origin.reference },
          { name: 'toldBy', valueString: 'Enfermera de turno, por teléfono' },
          { name: 'identifier', valueString: NUMBER },
        ],
      },
    });
    report.step(status === 201 ? 'done' : 'already', `${what} → ${STATES[RECEIVED.to].es}`, RECEIVED);
    return pairIn(body);
  } catch (error) {
    report.step('different', `${what}: ${whyText(error)}`);
    return undefined;
  }
}

async function complete({ directory, report, system }: Stage, { order, task }: ReferralPair): Promise<void> {
  const actor = await directory.post('clinician', PLACES.origin);
  const what = `${actor.display} · ${COMPLETE_OPERATION.es}`;
  try {
    const before = await system(PLACES.origin).read<ReferralPair['task']>(`Task/${task.id}`);
    if (!awaitsOrigin(before)) return report.step('already', what);
    const { version } = await availableActions(system(PLACES.origin), task.id, actor);
    await system(PLACES.origin).operation(COMPLETE_OPERATION.name, `ServiceRequest/${order.id}`, {
      ifMatch: version,
      input: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'actor', valueReference: { reference: actor.reference } },
          { name: 'summary', valueString: 'Hipertenso conocido; dolor opresivo que no cedió en reposo.' },
          { name: 'question', valueString: '¿Síndrome coronario agudo?' },
          {
            name: 'diagnosis',
            valueCodeableConcept: {
              coding: [{ system: CODE_SYSTEMS.icd10, code: 'I20.9' }],
              text: 'Angina de pecho',
            },
          },
        ],
      },
    });
    report.step('done', what);
  } catch (error) {
    report.step('different', `${what}: ${whyText(error)}`);
  }
}

/** Somebody comes in an emergency without a referral: received at once; the clinic that sent by word completes it after. */
export async function playEmergency(stage: Stage, person: Registered): Promise<void> {
  const received = await receive(stage, person);
  if (received) await complete(stage, received);
  else stage.report.step('different', COMPLETE_OPERATION.es);
}
