import type { Bundle } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';

/** Where a referral stands in a waiting list. */
export interface QueuePlace {
  /** From 1. */
  readonly position: number;
  /** Moved by hand. */
  readonly moved?: 'forward' | 'backward';
  /** Has waited longer than the whole waiting may last. */
  readonly overrun: boolean;
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
      const overrun = parts.find(({ url }) => url === 'overrun')?.valueBoolean ?? false;
      return [[resource?.id ?? '', { position, overrun, ...by } as QueuePlace] as const];
    }),
  );
}
