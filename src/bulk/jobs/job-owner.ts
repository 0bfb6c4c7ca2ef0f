import type { Caller } from '../../access/caller.js';
import type { JobOwner } from '../../store/job.js';

/** A job is followed by the account that asked for it, in the same role at the same facility, and by nobody else. */
export const ownerOf = ({ sub, role, facility }: Caller): JobOwner => ({ sub, role, facility: facility ?? null });

/** Address at which a job is followed. */
export const jobUrl = (baseUrl: string, id: string): string => `${baseUrl}/_async/${id}`;
