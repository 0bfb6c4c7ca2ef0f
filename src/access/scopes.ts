/** Whose data a scope reaches: one patient's compartment, what the person may see, or what the system may see. */
export type ScopeContext = 'patient' | 'user' | 'system';
/** Letters of SMART v2: create, read (and history), update (and patch), delete, search. */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';

/** One resource scope of SMART App Launch 2.2, taken apart. */
export interface SmartScope {
  readonly context: ScopeContext;
  /** FHIR resource type or `*`. */
  readonly type: string;
  /** Non-empty, each letter at most once, in the order `cruds`. */
  readonly letters: string;
  /** Search restriction behind `?`, as written. */
  readonly query?: string;
}

const SHAPE =
  /^(?<context>patient|user|system)\/(?<type>\*|[A-Z][A-Za-z]{1,63})\.(?<right>read|write|\*|[cruds]+)(?:\?(?<query>[\x21\x23-\x5b\x5d-\x7e]+))?$/;
const LETTERS: readonly ScopeLetter[] = ['c', 'r', 'u', 'd', 's'];
const IN_ORDER = /^c?r?u?d?s?$/;
/** Rights of SMART v1 in the letters of v2 (SMART App Launch 2.2, "Scopes for requesting FHIR Resources", v1 compatibility). */
const V1_RIGHTS: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** Parses one scope; undefined when it is not a resource scope or its letters are out of order or repeated. */
export function parseScope(text: string): SmartScope | undefined {
  const parts = SHAPE.exec(text)?.groups;
  if (!parts) return undefined;
  const right = parts['right'] ?? '';
  const letters = V1_RIGHTS[right] ?? right;
  if (!IN_ORDER.test(letters)) return undefined;
  return {
    context: parts['context'] as ScopeContext,
    type: parts['type'] ?? '*',
    letters,
    ...(parts['query'] === undefined ? {} : { query: parts['query'] }),
  };
}

/** Canonical text of a scope, always in v2 form. */
export const scopeText = (scope: SmartScope): string =>
  `${scope.context}/${scope.type}.${scope.letters}${scope.query === undefined ? '' : `?${scope.query}`}`;

/** Resource scopes of a space-separated list; whatever is malformed or no resource scope is dropped. */
export const parseScopes = (list: string): SmartScope[] =>
  list.split(' ').flatMap((text) => {
    const scope = parseScope(text);
    return scope ? [scope] : [];
  });

function intersect(asked: SmartScope, allowed: SmartScope): SmartScope | undefined {
  if (asked.context !== allowed.context) return undefined;
  if (asked.type !== '*' && allowed.type !== '*' && asked.type !== allowed.type) return undefined;
  const letters = LETTERS.filter((one) => asked.letters.includes(one) && allowed.letters.includes(one)).join('');
  return letters === ''
    ? undefined
    : { context: asked.context, type: asked.type === '*' ? allowed.type : asked.type, letters };
}

/**
 * What of the asked scopes is granted: the intersection with what the role may have, in canonical form, without repetition.
 * A scope with a search restriction (`?category=...`) is not granted: a wider right than asked is never given, and
 * searches do not carry such restrictions.
 * @param asked space-separated scopes of the request
 * @param allowed space-separated scopes of the role
 * @returns space-separated scopes; empty when nothing is left
 */
export function grantScopes(asked: string, allowed: string): string {
  const rights = parseScopes(allowed);
  const granted = parseScopes(asked)
    .filter((scope) => scope.query === undefined)
    .flatMap((scope) => rights.flatMap((right) => intersect(scope, right) ?? []));
  return [...new Set(granted.map(scopeText))].join(' ');
}

/**
 * True when a granted scope covers an interaction on a type.
 * @param scope space-separated granted scopes
 * @param type FHIR resource type; `*` asks for the right on all types
 * @param letter right that the interaction needs
 */
export const scopeAllows = (scope: string, type: string, letter: ScopeLetter): boolean =>
  parseScopes(scope).some(
    (granted) =>
      granted.query === undefined &&
      (granted.type === '*' || granted.type === type) &&
      granted.letters.includes(letter),
  );
