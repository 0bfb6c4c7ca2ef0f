import { isStartupError } from '../startup-error.js';
import { ENDPOINT_REQUIREMENTS } from './endpoint-requirements.js';
import { EndpointScene, type Peers } from './endpoint-scene.js';
import { type Grade, gradeOf } from './grade.js';
import { type Graded, Unmet } from './requirement.js';

const TOLD = 300;
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, TOLD);

/**
 * Plays both sides against an endpoint and grades it, requirement by requirement: each works on referrals of its own, so
 * that one that fails leaves the others their say.
 * @throws StartupError when the endpoint does not answer or its directory lacks what the kit needs
 */
export async function gradeEndpoint(peers: Peers): Promise<Grade> {
  const scene = new EndpointScene(peers);
  const rows: Graded[] = [];
  for (const { check, ...requirement } of ENDPOINT_REQUIREMENTS) {
    try {
      await check(scene);
      rows.push({ ...requirement, verdict: 'met' });
    } catch (error) {
      if (isStartupError(error)) throw error;
      // An answer of another shape than asked is the endpoint's fault, not the kit's.
      const why = error instanceof Unmet ? error.words : { es: words(error), en: words(error) };
      rows.push({ ...requirement, verdict: 'not-met', why });
    }
  }
  return gradeOf(rows);
}
