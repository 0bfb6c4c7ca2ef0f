import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

describe('the logger', () => {
  it('writes JSON lines without credentials or contents', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    logger.info({ headers: { authorization: 'Bearer abc', cookie: 'c=1', host: 'h' }, token: 'abc' }, 'request');
    logger.info({ req: { headers: { authorization: 'Bearer abc' } }, body: { name: 'Ana' } }, 'request');
    logger.debug('not at this level');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/abc|c=1|Ana/);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      headers: { host: 'h' },
      msg: 'request',
      service: 'referencia-respuesta',
    });
  });
});
