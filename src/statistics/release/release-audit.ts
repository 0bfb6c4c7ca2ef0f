import type { Store } from '../../store/store.js';
import { type Actor, recordWork } from '../actor.js';
import type { ReleaseDocument, ReleaseStep } from './release-documents.js';

/** Writes the audit record of a step; must have succeeded before the step counts. */
export const recordStep = (
  store: Store,
  actor: Actor,
  step: ReleaseStep,
  { month, version, state, report }: Pick<ReleaseDocument, 'month' | 'version' | 'state' | 'report'>,
): Promise<void> =>
  recordWork(store, actor, {
    act: 'E',
    sub: `statistics-${step}`,
    ok: report.ok,
    det: { release: `${month}/v${version}`, state },
  });
