import { decodeJwt } from 'jose';
import type { AuditDraft } from '../store/audit-record.js';
import type { Account } from './accounts.js';
import { ROLE_PROFILES } from './role-profile.js';

/** What happened at the token endpoint. */
export interface TokenEvent {
  /** Client id as claimed; on success as proven. */
  readonly clientId: string | undefined;
  readonly account: Account | undefined;
  readonly requestId: string;
  readonly ip: string | undefined;
  /** The token that was issued: its id and scope, never the token. */
  readonly issued?: { readonly jti: string; readonly scope: string };
  /** Why there is none: OAuth error code and detail. */
  readonly refused?: { readonly error: string; readonly detail: string; readonly fault: boolean };
}

/** Claimed names are the caller's words: bounded before they enter the audit. */
const bounded = (text: string): string => text.slice(0, 200);

/** Client that a request claims to be: subject of its assertion, unverified, or the bare `client_id`. */
export function claimedClient(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeJwt(value).sub;
  } catch {
    return value.includes('.') && value.split('.').length === 3 ? undefined : value;
  }
}

/** Audit record of a token that was issued or refused (`sub` token; IHE BALP, OAuth patterns: jti and client, never the token). */
export function tokenAudit(event: TokenEvent): AuditDraft {
  const { account, refused, issued, ip } = event;
  const who = event.clientId ? bounded(event.clientId) : 'unknown';
  return {
    act: 'E',
    sub: 'token',
    out: refused ? (refused.fault ? '8' : '4') : '0',
    who,
    rol: account?.role ?? 'unknown',
    ...(account?.facility === undefined ? {} : { fac: account.facility }),
    cli: who,
    pt: [],
    ent: [],
    req: event.requestId,
    ...(ip === undefined ? {} : { ip }),
    pou: account ? ROLE_PROFILES[account.role].purpose : 'TREAT',
    det: {
      grant: 'client_credentials',
      ...(issued ? { jti: issued.jti, scope: bounded(issued.scope) } : {}),
      ...(refused ? { error: bounded(refused.error), reason: bounded(refused.detail) } : {}),
    },
  };
}
