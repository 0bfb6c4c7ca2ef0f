import { mongo } from 'mongoose';
import { fault } from '../errors.js';
import type { WritePlan } from './write-plan.js';

/** Largest document of MongoDB (https://www.mongodb.com/docs/manual/reference/limits/#bson-documents), less some room for its own fields. */
const MOST_BYTES = 16 * 1_048_576 - 4_096;
/** Search values take at most some dozens of times the text: below this nothing need be measured. */
const SMALL_TEXT = 262_144;

/**
 * Throws 413 `resource-too-large` when a resource with its search values is larger than MongoDB can keep: the driver
 * would fail in the middle of the write with an error of its own.
 */
export function assertFits({ writes }: Pick<WritePlan, 'writes'>): void {
  for (const { doc } of writes)
    if (doc.json.length > SMALL_TEXT && mongo.BSON.calculateObjectSize(doc) > MOST_BYTES)
      throw fault('resource-too-large', { limit: MOST_BYTES });
}
