import type { HistoryEntry } from './envelope.js';
import type { ResourceWrite } from './write-plan.js';

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

/** History row (and outbox row) of one write. */
export function toHistory({ method, type, doc }: ResourceWrite, requestId: string): HistoryEntry {
  return {
    _id: `${type}/${doc._id}/${doc.vid}`,
    b: doc.b,
    type,
    id: doc._id,
    vid: doc.vid,
    lu: doc.lu,
    method: METHODS[method],
    ...(doc.pt === undefined ? {} : { pt: doc.pt }),
    ...(doc.own === undefined ? {} : { own: doc.own }),
    acc: doc.acc,
    lab: doc.lab,
    req: requestId,
    json: doc.json,
  };
}
