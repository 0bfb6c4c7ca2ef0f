import type { Words } from '../../../words.js';
import type { FormFields } from '../../form-fields.js';
import { REGISTER } from '../../texts/people-register.js';

/** What a kind of identity needs and how it is written. */
interface IdentityRow {
  readonly label: Words;
  readonly hint?: Words;
  /** Code of the guide's code system `identity-kind`; absent where the guide has none. */
  readonly code?: 'dni' | 'pasaporte' | 'rn' | 'hijo-de' | 'desconocido';
  /** Fields that this kind cannot do without; the others are never asked for. */
  readonly needs: readonly ('dni' | 'pasaporte' | 'mother' | 'name' | 'birth' | 'sex')[];
}

/**
 * Kinds of identity at registration (domain-honduras 3.2; LN23:2019 annex 7): an adult without papers is a kind of its own
 * here and has no code there. Nobody is turned away for lack of papers.
 */
export const IDENTITIES = {
  dni: { label: REGISTER.kindDni, code: 'dni', needs: ['dni', 'name', 'birth', 'sex'] },
  pasaporte: { label: REGISTER.kindPassport, code: 'pasaporte', needs: ['pasaporte', 'name', 'birth', 'sex'] },
  rn: { label: REGISTER.kindNewborn, code: 'rn', needs: ['mother', 'birth', 'sex'] },
  'hijo-de': { label: REGISTER.kindChild, code: 'hijo-de', needs: ['mother', 'birth', 'sex'] },
  'sin-documento': { label: REGISTER.kindNone, needs: ['name', 'birth', 'sex'] },
  desconocido: {
    label: REGISTER.kindUnknown,
    hint: REGISTER.kindUnknownHint,
    code: 'desconocido',
    needs: ['sex'],
  },
} as const satisfies Record<string, IdentityRow>;

export type Identity = keyof typeof IDENTITIES;

const isIdentity = (text: string): text is Identity => Object.hasOwn(IDENTITIES, text);

/** Kind of identity that a form of registration says: a DNI, unless another one was chosen. */
export function identityOf(form: FormFields): Identity {
  const chosen = form.get('clase');
  return isIdentity(chosen) ? chosen : 'dni';
}
export const identityRow = (identity: Identity): IdentityRow => IDENTITIES[identity];
