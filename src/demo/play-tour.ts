import { EDGES } from '../referral/edges.js';
import { edgeName } from '../referral/edge-name.js';
import { type AdvancedCase, advanceCase } from './advance-case.js';
import type { DemoCase } from './demo-data.js';
import { playEmergency } from './play-emergency.js';
import { playDrafts } from './play-drafts.js';
import { registerPerson } from './register-people.js';
import { sendCase } from './send-case.js';
import type { Stage } from './stage.js';
import { TOUR_PERSON } from './tour-cases.js';

/** The person of the tour is registered in one step. */
export const TOUR_REGISTRATION = 1;

/**
 * Goes through every transition of the table that the scripted cases leave out, each told with who makes it and where it
 * leads, and says at the end how many of the table's transitions were made.
 */
export async function playTour(
  stage: Stage,
  walks: readonly DemoCase[],
  scripted: readonly AdvancedCase[],
): Promise<void> {
  const { people, report } = stage;
  report.say('');
  report.say('Recorrido por todas las transiciones / a tour through every transition');
  const { found, created } = await registerPerson(stage, TOUR_PERSON, TOUR_PERSON.at);
  people.set(TOUR_PERSON.key, found);
  report.step(created ? 'done' : 'already', `${found.name}: persona del recorrido`);
  const advanced = [...scripted];
  for (const each of walks) {
    const sent = await sendCase(stage, each);
    if (sent) advanced.push(await advanceCase(stage, sent));
  }
  const [first] = walks;
  if (first) await playDrafts(stage, first, found, advanced);
  await playEmergency(stage, found);
  const missing = EDGES.map(edgeName).filter((name) => !report.transitions.has(name));
  for (const name of missing) report.differs(`transición sin hacer / transition not made: ${name}`);
  report.say(`Transiciones / transitions: ${EDGES.length - missing.length} / ${EDGES.length}`);
}
