import { decodeJwt } from 'jose';
import type { AuditDraft } from '../store/audit-record.js';
import type { Account } from './accounts.js';
import { ROLE_PROFILES } from './role-profile.js';

/** What happened when a token was asked for. */
export interface TokenEvent {
  /** Grant type, or `cli` for a token from the command line. */
  readonly grant: string;
  /** Account that the token is or would have been for. */
  readonly who: string | undefined;
  /** Client id: proven when a token was issued, else as claimed. */
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
export function claimedClient(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { client_assertion: assertion, client_id: id } = params ?? {};
  try {
    if (typeof assertion === 'string') return decodeJwt(assertion).sub;
  } catch {
    // Not a JWT: then it claims nothing.
  }
  return typeof id === 'string' ? id : undefined;
}

/** Audit record of a token that was issued or refused (`sub` token; IHE BALP, OAuth patterns: jti and client, never the token). */
export function tokenAudit(event: TokenEvent): AuditDraft {
  const { account, refused, issued, ip } = event;
  return {
    act: 'E',
    sub: 'token',
    out: refused ? (refused.fault ? '8' : '4') : '0',
    who: bounded(event.who ?? 'unknown'),
    rol: account?.role ?? 'unknown',
    ...(account?.facility === undefined ? {} : { fac: account.facility }),
    cli: bounded(event.clientId ?? 'unknown'),
    pt: [],
    ent: [],
    req: event.requestId,
    ...(ip === undefined ? {} : { ip }),
    pou: account ? ROLE_PROFILES[account.role].purpose : 'TREAT',
    det: {
      grant: bounded(event.grant),
      ...(issued ? { jti: issued.jti, scope: bounded(issued.scope) } : {}),
      ...(refused ? { error: bounded(refused.error), reason: bounded(refused.detail) } : {}),
    },
  };
}
