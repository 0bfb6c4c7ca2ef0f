import { describe, expect, it } from 'vitest';
import { createGate, hashPassword, verifyPassword } from './password-hash.js';

describe('password hashes', () => {
  it('are Argon2id with a salt each', async () => {
    const [one, other] = await Promise.all([hashPassword('cuatro palabras'), hashPassword('cuatro palabras')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await verifyPassword(one, 'cuatro palabras')).toBe(true);
    expect(await verifyPassword(one, 'cuatro palabraS')).toBe(false);
  });

  it('do not depend on how a keyboard writes an accent', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9 amargo'), 'cafe\u0301 amargo')).toBe(true);
  });

  it('of nobody never match', async () => {
    expect(await verifyPassword(undefined, 'nobody')).toBe(false);
  });
});

describe('the gate', () => {
  it('lets so many through at once, keeps so many waiting, and turns the rest away', async () => {
    const gate = createGate(2, 3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => gate(work)));
    expect(most).toBe(2);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(gate(async () => 'free again')).resolves.toBe('free again');
    await expect(gate(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
    await expect(gate(async () => 'still free')).resolves.toBe('still free');
  });
});
