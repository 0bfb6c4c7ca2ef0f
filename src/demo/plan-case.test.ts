import { describe, expect, it } from 'vitest';
import { ALL_MOVES } from '../referral/moves.js';
import { type DemoCase, loadDemoData } from './demo-data.js';
import { EDGES } from '../referral/edges.js';
import { planCase } from './plan-case.js';
import { tourCases } from './tour-cases.js';

const { cases, people } = loadDemoData();
const caseOf = (key: string): DemoCase => {
  const found = cases.find((each) => each.key === key);
  if (!found) throw new Error(`no case ${key}`);
  return found;
};

describe('the cases of the demonstration', () => {
  it.each(cases.map((each) => [each.key, each] as const))('case %s follows the table to its end', (_key, each) => {
    const { steps, sent } = planCase(each);
    expect(sent).toBe(each.priority === 'stat' ? 'in-transit' : 'sent');
    expect(steps.at(-1)?.to ?? sent).toBe(each.ends);
  });

  it('leave work in many states and use every move that they are for', () => {
    expect(new Set(cases.map(({ ends }) => ends)).size).toBeGreaterThan(10);
    const made = new Set(cases.flatMap(({ steps }) => steps.map(({ move }) => move)));
    for (const move of ['receive', 'request-info', 'provide-info', 'accept', 'reject', 'resubmit', 'redirect', 'book'])
      expect(made).toContain(move);
    expect(ALL_MOVES).toEqual(expect.arrayContaining([...made]));
  });

  it('with the tour follow every transition of the table but those that make a referral or are played with a draft', () => {
    const walks = tourCases(cases);
    const plans = [...cases, ...walks].map(planCase);
    const made = new Set(plans.flatMap(({ edge, steps }) => [edge, ...steps.map((planned) => planned.edge)]));
    const apart = EDGES.filter(
      ({ from, move }) => from === undefined || move === 'create' || (from === 'draft' && move === 'void'),
    );
    expect(new Set([...made, ...apart])).toEqual(new Set(EDGES));
    expect(new Set(walks.map(({ key }) => key)).size).toBe(walks.length);
  });

  it('are of people who are registered, each found by an identifier of their own', () => {
    const keys = new Set(people.map(({ key }) => key));
    expect(keys.size).toBe(people.length);
    for (const { patient } of cases) expect(keys).toContain(patient);
    for (const { mother } of people) if (mother !== undefined) expect(keys).toContain(mother);
    const numbers = people.flatMap(({ dni, pasaporte, account }) => dni ?? pasaporte ?? account ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('planCase', () => {
  it('names post, facility and states of each step', () => {
    const [receive, redirect] = planCase(caseOf('06')).steps;
    expect(receive).toMatchObject({ from: 'sent', to: 'in-triage', role: 'clerk', side: 'destination' });
    expect(redirect).toMatchObject({ from: 'in-triage', to: 'sent', role: 'triage', destination: 'hosp3' });
    expect(planCase(caseOf('06')).destination).toBe('hosp4');
  });

  it('refuses a step that the table does not have', () => {
    expect(() => planCase({ ...caseOf('01'), steps: [{ move: 'arrive' }] })).toThrow('no arrive from sent');
  });

  it('refuses a case that does not end where it says', () => {
    expect(() => planCase({ ...caseOf('01'), ends: 'rejected' })).toThrow('ends closed, not rejected');
  });
});
