import { loadDemoData } from './demo-data.js';
import { planCase } from './plan-case.js';
import { printRegister, sentDay } from './print-register.js';
import { type AdvancedCase, advanceCase } from './advance-case.js';
import { sendCase } from './send-case.js';
import type { SentCase } from './sent-case.js';
import { printTimelines } from './print-timelines.js';
import { printWorklists } from './print-worklists.js';
import { registerPeople } from './register-people.js';
import { DRAFT_STEPS } from './play-drafts.js';
import { EMERGENCY_STEPS } from './play-emergency.js';
import { playTour, TOUR_REGISTRATION } from './play-tour.js';
import { Report } from './report.js';
import { type DemoKeys, facilitiesOf, setStage } from './stage.js';
import { tourCases } from './tour-cases.js';

/** How a demonstration went. */
export interface DemoResult {
  /** Steps done now, and found done by an earlier run. */
  readonly done: number;
  readonly already: number;
  /** What was not as expected, in words. */
  readonly differences: readonly string[];
  /** Names of the transitions of the table that were made (see edgeName). */
  readonly transitions: ReadonlySet<string>;
}

export interface DemoOptions {
  /** The service, with or without `/fhir`. */
  readonly url: string;
  readonly keys: DemoKeys;
  /** Writes one line. */
  readonly out: (line: string) => void;
  /** False: only the scripted cases, not the tour through every other transition. */
  readonly tour?: boolean;
}

/**
 * Plays the main job of the service over HTTP, as the systems of outside facilities would: registers people, sends
 * their referrals, moves them as far as their scripts go, prints timelines, worklists and daily registers, and at last goes
 * through every transition of the table that no script has made.
 * Run again it changes nothing: people are found by identifier, referrals by placer number, moves by Provenance.
 * @throws StartupError when the service cannot be reached or refuses the keys
 */
export async function playDemo({ url, keys, out, tour = true }: DemoOptions): Promise<DemoResult> {
  const data = loadDemoData();
  const { people, cases } = data;
  const walks = tour ? tourCases(cases) : [];
  const steps = [...cases, ...walks].reduce((sum, each) => sum + 1 + planCase(each).steps.length, people.length);
  const report = new Report(out, steps + (tour ? TOUR_REGISTRATION + DRAFT_STEPS + EMERGENCY_STEPS : 0));
  const stage = await setStage(url, keys, data, report);

  await registerPeople(stage);
  report.say('');
  report.say('Envío de referencias (HC-10) / sending referrals');
  const sent: SentCase[] = [];
  for (const each of cases) {
    const one = await sendCase(stage, each);
    if (one) sent.push(one);
  }
  report.say('');
  report.say('Atención de las referencias / working on the referrals');
  const advanced: AdvancedCase[] = [];
  for (const one of sent) advanced.push(await advanceCase(stage, one));

  await printTimelines(stage, sent);
  const facilities = facilitiesOf(data);
  await printWorklists(stage, facilities, advanced);
  const [first] = sent;
  if (first) await printRegister(stage, facilities, sentDay(first), sent);
  if (tour) await playTour(stage, walks, advanced);
  const { done, already } = report.counts;
  return { done, already, differences: report.differences, transitions: report.transitions };
}
