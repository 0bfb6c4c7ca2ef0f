import type { Auditor } from './auditor.js';

/** Auditor of tools that write no resources: asking it to write is a mistake of ours. */
export const refusingAuditor: Auditor = {
  process: 'none',
  record: () => Promise.reject(new Error('this store was opened without an auditor')),
  stamp: () => {
    throw new Error('this store was opened without an auditor');
  },
  committed: () => undefined,
  aborted: () => undefined,
  close: () => Promise.resolve(),
};
