import { type AccountLookup, callerFromClaims } from '../../access/authenticate.js';
import type { Caller } from '../../access/caller.js';
import { fault, isServiceError } from '../../errors.js';
import type { Job } from '../../store/job.js';

/** The rights, as they are now, of who asked for a job. */
export type CurrentRights = (job: Pick<Job, 'at' | 'kind'>, asked: Caller) => Promise<Caller>;

/**
 * A job goes on for hours after its token was looked at: the account is held against what the token said before every step, as
 * for a request. Disabled, without the post, or signed out everywhere after the job was asked for, it has no rights any more.
 * @throws ServiceError 403 `role-forbidden`, which ends the job; 503 when the accounts cannot be read
 */
export const currentRights =
  (lookup: AccountLookup): CurrentRights =>
  async ({ at, kind }, asked) => {
    const claims = {
      sub: asked.sub,
      client_id: asked.clientId,
      scope: asked.scope,
      role: asked.role,
      acts_as: asked.actsAs,
      purpose_of_use: asked.purpose,
      iat: at.getTime() / 1_000,
      ...(asked.facility === undefined ? {} : { facility: asked.facility }),
    };
    try {
      return await callerFromClaims(claims, lookup);
    } catch (error) {
      if (!isServiceError(error) || error.status !== 401) throw error;
      // The answer goes to whoever asks with a valid token: that one is not at fault.
      throw fault('role-forbidden', { role: asked.role, interaction: kind, type: '*' });
    }
  };
