import type { DateValue, NumberValue } from '../../store/envelope.js';
import { dateKeys } from './date-keys.js';
import { PLUS_INFINITY } from '../ucum/decimal.js';
import type { SearchableParameter, SearchKind } from './parameters.js';
import { numberEntries } from './quantity-values.js';
import {
  codeTokenKey,
  displayKeys,
  presenceClass,
  presenceKey,
  systemTokenKey,
  textKeys,
  typedIdentifierKey,
  uriKey,
} from './search-keys.js';
import {
  displaysOf,
  intervalsOf,
  referenceKeysOf,
  textsOf,
  tokensOf,
  typedIdentifiersOf,
  urisOf,
} from './value-forms.js';

/** Keys of one value, by the array of `SearchValues` they go to. */
export interface IndexKeys {
  readonly tok?: readonly string[];
  readonly ref?: readonly string[];
  readonly str?: readonly string[];
  readonly uri?: readonly string[];
  readonly dat?: readonly DateValue[];
  readonly num?: readonly NumberValue[];
}

/** How a value is indexed: under which name and as what. */
export interface IndexedAs {
  readonly code: string;
  readonly kind: SearchKind;
  readonly targets: readonly string[];
  /** A composite is asked for the values of its parts, not for their displays. */
  readonly bare?: boolean;
  /** Composite: system of the code that the name holds. */
  readonly t?: string;
}

function tokenKeys(code: string, type: string, value: unknown, bare: boolean): IndexKeys {
  const tok = tokensOf(type, value).flatMap((token) => [
    ...(token.system === undefined ? [] : [systemTokenKey(code, token.system, token.code)]),
    codeTokenKey(code, token.code),
  ]);
  if (bare) return { tok };
  const typed = typedIdentifiersOf(type, value).map((one) => typedIdentifierKey(code, one.system, one.code, one.value));
  // Of a code in words only there is something to find, and still nothing that a token asks.
  const present = tok.length > 0 ? tok : [presenceKey(code)];
  return { tok: [...present, ...typed], str: displaysOf(type, value).flatMap((text) => displayKeys(code, text)) };
}

/** Keys of one value by its FHIR type; none when nothing can be asked of it. */
export function indexKeys(
  { code, kind, targets, bare = false, t }: IndexedAs,
  type: string,
  value: unknown,
): IndexKeys {
  const system = t === undefined ? {} : { t };
  switch (kind) {
    case 'token':
      return tokenKeys(code, type, value, bare);
    case 'reference':
      return { ref: referenceKeysOf(code, type, value, targets) };
    case 'string':
      return { str: textsOf(type, value).flatMap((text) => textKeys(code, text)) };
    case 'date':
      return { dat: intervalsOf(type, value).map((interval) => ({ ...dateKeys(code, interval), ...system })) };
    case 'number':
    case 'quantity':
      return { num: numberEntries(code, type, value, t) };
    case 'uri':
      return { uri: urisOf(type, value).map((uri) => uriKey(code, uri)) };
    case 'composite':
      return {};
  }
}

/** What says that a parameter has a value of which nothing can be asked. */
export function presenceOf({ code, kind }: Pick<SearchableParameter, 'code' | 'kind'>): IndexKeys {
  switch (kind) {
    case 'token':
      return { tok: [presenceKey(code)] };
    case 'reference':
      return { ref: [presenceKey(code)] };
    case 'string':
      return { str: [presenceKey(code)] };
    case 'uri':
      return { uri: [presenceKey(code)] };
    case 'date':
      return { dat: [{ p: presenceClass(code), lo: new Date(0), hi: new Date(0) }] };
    case 'number':
    case 'quantity':
      return { num: [{ p: presenceClass(code), lo: PLUS_INFINITY }] };
    case 'composite':
      return {};
  }
}
