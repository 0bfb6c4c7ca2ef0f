import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLimits } from '../../src/access/sign-in-limits.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('wrong tries at the same moment', () => {
  it('are each counted or told to wait, in every one of 100 rounds of 20', async () => {
    const limits = createSignInLimits(service.context.store);
    for (let round = 0; round < 100; round += 1) {
      const told = await Promise.all(
        Array.from({ length: 20 }, () => limits.begin(`account ${round}`, `address ${round}`)),
      );
      // Five tries are free and the sixth sets the wait of 30 seconds (31 for one that began before it): not one more gets through.
      expect(told.filter((seconds) => seconds === 0)).toHaveLength(6);
      expect(told.every((seconds) => seconds >= 0 && seconds <= 31)).toBe(true);
    }
  });
});
