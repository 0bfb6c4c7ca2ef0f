import type { HistoryEntry } from './envelope.js';
import { isServerId } from './ids.js';
import type { ResourceWrite } from './write-plan.js';

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

/** Only a PUT creates under an id of the client. */
const methodOf = ({ method, doc }: ResourceWrite): HistoryEntry['method'] =>
  method === 'create' && !isServerId(doc._id) ? 'PUT' : METHODS[method];

/** History row (and outbox row) of one write. */
export function toHistory(write: ResourceWrite, requestId: string): HistoryEntry {
  const { type, doc } = write;
  return {
    _id: `${type}/${doc._id}/${doc.vid}`,
    b: doc.b,
    type,
    id: doc._id,
    vid: doc.vid,
    lu: doc.lu,
    method: methodOf(write),
    ...(doc.pt === undefined ? {} : { pt: doc.pt }),
    ...(doc.own === undefined ? {} : { own: doc.own }),
    acc: doc.acc,
    lab: doc.lab,
    req: requestId,
    json: doc.json,
  };
}
