import { loadDemoData } from './demo-data.js';
import { planCase } from './plan-case.js';
import { printRegister, sentDay } from './print-register.js';
import { printTimelines } from './print-timelines.js';
import { printWorklists } from './print-worklists.js';
import { ReferralRun } from './referral-run.js';
import { registerPeople } from './register-people.js';
import { Report } from './report.js';
import { type DemoKeys, facilitiesOf, setStage } from './stage.js';

/** How a demonstration went. */
export interface DemoResult {
  /** Steps done now, and found done by an earlier run. */
  readonly done: number;
  readonly already: number;
  /** What was not as expected, in words. */
  readonly differences: readonly string[];
}

export interface DemoOptions {
  /** The service, with or without `/fhir`. */
  readonly url: string;
  readonly keys: DemoKeys;
  /** Writes one line. */
  readonly out: (line: string) => void;
}

const isHospital = (alias: string): boolean => alias.startsWith('hosp');

/**
 * Plays the main job of the service over HTTP, as the systems of outside facilities would: registers people, sends
 * their referrals, moves them as far as their scripts go, and prints timelines, worklists and daily registers.
 * Run again it changes nothing: people are found by identifier, referrals by placer number, moves by Provenance.
 * @throws Error when the service cannot be reached or refuses the keys
 */
export async function playDemo({ url, keys, out }: DemoOptions): Promise<DemoResult> {
  const data = loadDemoData();
  const { people, cases } = data;
  const steps = cases.reduce((sum, each) => sum + 1 + planCase(each).steps.length, people.length);
  const report = new Report(out, steps);
  const stage = await setStage(url, keys, data, report);

  await registerPeople(stage);
  const runs = cases.map((each) => new ReferralRun(stage, each));
  report.say('');
  report.say('Envío de referencias (HC-10) / sending referrals');
  for (const run of runs) await run.send();
  report.say('');
  report.say('Atención de las referencias / working on the referrals');
  for (const run of runs) await run.advance();

  const sent = runs.filter(({ wasSent: known }) => known);
  await printTimelines(stage, sent);
  const facilities = facilitiesOf(data);
  await printWorklists(stage, facilities.filter(isHospital), sent);
  const [first] = sent;
  if (first) await printRegister(stage, facilities, sentDay(first), sent);
  const { done, already } = report.counts;
  return { done, already, differences: report.differences };
}
