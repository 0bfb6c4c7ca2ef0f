import { createHmac } from 'node:crypto';
import type { Store } from '../store/store.js';
import { newShortCode } from './short-code.js';

/** A code is good for this long after it was printed. */
export const ACTIVATION_DAYS = 7;
const LIFE_MS = ACTIVATION_DAYS * 24 * 3_600_000;

/** How the clinic knew that the right person stood there. */
export const IDENTIFIED_BY = ['dni-seen', 'known', 'guardian'] as const;
export type IdentifiedBy = (typeof IDENTIFIED_BY)[number];

/** Who uses the account instead of the patient: father, mother, carer. */
export interface Guardian {
  readonly name: string;
  readonly relationship: string;
}

/** What a code opens. */
export interface Activation {
  /** Patient id. */
  readonly patient: string;
  /** Name of the person, for the account. */
  readonly displayName: string;
  /** Whole birth date to be typed with the code; absent when nobody knows it: then the printed PIN counts. */
  readonly birthDate?: string;
  readonly guardian?: Guardian;
  readonly identifiedBy: IdentifiedBy;
  /** Account that printed it. */
  readonly issuedBy: string;
}

/** One document a patient: a new code takes the place of the one before. */
interface ActivationDocument extends Omit<Activation, 'patient'> {
  /** Patient id. */
  readonly _id: string;
  /** Keyed hash of the code: whoever reads the database cannot use it. */
  readonly code: string;
  readonly expiresAt: Date;
}

const majority = { writeConcern: { w: 'majority' as const } };
const hashOf = (secret: string, code: string): string =>
  createHmac('sha256', secret).update(`activation ${code}`).digest('base64url');

/**
 * Makes a code for a patient's account; the one before stops working.
 * @param secret `FhirContext.paperSecret`
 * @returns the code, kept nowhere else, and its last moment
 */
export async function issueActivation(
  store: Store,
  secret: string,
  { patient, ...activation }: Activation,
  now: Date = new Date(),
): Promise<{ readonly code: string; readonly expires: Date }> {
  const code = newShortCode();
  const expires = new Date(now.getTime() + LIFE_MS);
  await store
    .support<ActivationDocument>('activations')
    .replaceOne(
      { _id: patient },
      { ...activation, code: hashOf(secret, code), expiresAt: expires },
      { upsert: true, ...majority },
    );
  return { code, expires };
}

/** What a code opens now; undefined when it is unknown, used, replaced or too old. */
export async function findActivation(store: Store, secret: string, code: string): Promise<Activation | undefined> {
  const found = await store
    .support<ActivationDocument>('activations')
    .findOne({ code: hashOf(secret, code), expiresAt: { $gt: new Date() } }, { maxTimeMS: 2_000 });
  if (!found) return undefined;
  const { _id, code: _code, expiresAt: _end, ...activation } = found;
  return { patient: _id, ...activation };
}

/** Uses a code up. @returns false when somebody else was faster, or when it ended meanwhile */
export async function consumeActivation(store: Store, secret: string, code: string): Promise<boolean> {
  const { deletedCount } = await store
    .support<ActivationDocument>('activations')
    .deleteOne({ code: hashOf(secret, code), expiresAt: { $gt: new Date() } }, majority);
  return deletedCount === 1;
}
