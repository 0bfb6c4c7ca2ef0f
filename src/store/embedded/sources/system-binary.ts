import type { BinarySource } from '../binary-source.js';
import { probeMongod } from '../probe-mongod.js';

/** The binary that the operator named in MONGOMS_SYSTEM_BINARY; when it does not run, nothing else is tried. */
export const systemBinary: BinarySource = {
  name: 'system',
  title: { es: 'MONGOMS_SYSTEM_BINARY', en: 'MONGOMS_SYSTEM_BINARY' },
  async find({ systemBinary: path }) {
    if (path === undefined) return { reason: { es: 'sin definir', en: 'not set' } };
    const answer = await probeMongod(path);
    return 'binary' in answer ? answer : { ...answer, final: true };
  },
};
