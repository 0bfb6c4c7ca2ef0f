import type { Bundle } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';

/** Where a referral stands in a waiting list. */
export interface QueuePlace {
  /** From 1. */
  readonly position: number;
  /** Moved by hand. */
  readonly moved?: 'forward' | 'backward';
}

const URL = extensionUrl('queue-place');

/** Places that the rows of an answer of `$worklist` say, by Task id; none where the list is no queue. */
export function placesIn({ entry = [] }: Bundle): ReadonlyMap<string, QueuePlace> {
  return new Map(
    entry.flatMap(({ resource, search }) => {
      const parts = search?.extension?.find(({ url }) => url === URL)?.extension ?? [];
      const position = parts.find(({ url }) => url === 'position')?.valuePositiveInt;
      const moved = parts.find(({ url }) => url === 'moved')?.valueCode;
      if (position === undefined) return [];
      const by = moved === 'forward' || moved === 'backward' ? { moved } : {};
      return [[resource?.id ?? '', { position, ...by } as QueuePlace] as const];
    }),
  );
}
