import { hash, verify } from '@node-rs/argon2';
import { unavailable } from '../errors.js';

/** Argon2id, 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet); the library's default algorithm is Argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each hash takes 19 MiB and a thread of Node's pool: more at once would starve everything else. */
const AT_ONCE = 2;
/** Whoever comes after these is asked to come back. */
const MOST_WAITING = 40;

/** A gate that lets `atOnce` through; throws ServiceError 503 when `mostWaiting` stand in line. */
export function createGate(atOnce: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw unavailable(5);
      // Whoever leaves hands its place on, so `running` stays.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const gate = createGate(AT_ONCE, MOST_WAITING);

/**
 * Hash of a password as PHC string (`$argon2id$v=19$m=...`). The text is put in NFC first: keyboards differ.
 * @throws ServiceError 503 when too many hashes are asked for at once
 */
export const hashPassword = (password: string): Promise<string> => gate(() => hash(password.normalize('NFC'), COST));

let nobodysHash: Promise<string> | undefined;

/**
 * Is this the password behind the PHC string? Without a string the same work is done and the answer is false, so that
 * time tells nothing about who exists.
 * @throws ServiceError 503 when too many hashes are asked for at once
 */
export async function verifyPassword(phc: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody');
  const known = phc ?? (await nobodysHash);
  const same = await gate(() => verify(known, password.normalize('NFC')));
  return same && phc !== undefined;
}
