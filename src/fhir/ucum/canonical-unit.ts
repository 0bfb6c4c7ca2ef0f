import { parseDecimal } from './decimal.js';
import { divide, multiply, ONE, raise, type Rational, rational, tenTo, ZERO } from './rational.js';
import { BASE_UNITS, DERIVED, DERIVED_METRIC, METRIC_BASE, OFFSET_UNITS, PREFIXES } from './unit-atoms.js';

/** What a unit is in base units. */
interface Measure {
  readonly factor: Rational;
  /** Base unit -> power. */
  readonly powers: ReadonlyMap<string, number>;
}

/** How values of a unit become values of its canonical unit: `(value + offset) * factor`. */
export interface CanonicalUnit {
  /** Canonical unit, a product of base units in the order of their names, for example `g.m-3`; `1` for plain numbers. */
  readonly unit: string;
  readonly factor: Rational;
  readonly offset: Rational;
}

const MOST_CHARACTERS = 100;
const MOST_POWER = 60;
const TOKEN = /^(?:\[[^\]]*\]|[^./(){}[\]])+/;
const ANNOTATION = /^\{[^{}]*\}/;

const NUMBER: Measure = { factor: ONE, powers: new Map() };

function times(a: Measure, b: Measure, sign: 1 | -1): Measure {
  const powers = new Map(a.powers);
  for (const [unit, power] of b.powers) powers.set(unit, (powers.get(unit) ?? 0) + sign * power);
  return { factor: sign === 1 ? multiply(a.factor, b.factor) : divide(a.factor, b.factor), powers };
}

const toPower = ({ factor, powers }: Measure, power: number): Measure => ({
  factor: raise(factor, power),
  powers: new Map([...powers].map(([unit, own]) => [unit, own * power])),
});

function derived(row: readonly [string, string] | undefined): Measure | undefined {
  if (!row) return undefined;
  const factor = parseDecimal(row[0])?.value;
  const unit = measureOf(row[1]);
  return factor && unit && { ...unit, factor: multiply(factor, unit.factor) };
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const metricAtom = (name: string): Measure | undefined =>
  METRIC_BASE.has(name) ? { factor: ONE, powers: new Map([[name, 1]]) } : derived(own(DERIVED_METRIC, name));

function atom(name: string): Measure | undefined {
  const whole = metricAtom(name) ?? derived(own(DERIVED, name));
  if (whole) return whole;
  if (BASE_UNITS.has(name)) return { factor: ONE, powers: new Map([[name, 1]]) };
  for (const [prefix, power] of Object.entries(PREFIXES)) {
    const rest = name.startsWith(prefix) ? metricAtom(name.slice(prefix.length)) : undefined;
    if (rest) return { ...rest, factor: multiply(rest.factor, tenTo(power)) };
  }
  return undefined;
}

/** An atom with its power: `m2`, `s-1`, `10*3`, or a whole number. */
function simpleUnit(token: string): Measure | undefined {
  const ten = /^10[*^]([+-]?\d{1,2})?$/.exec(token);
  if (ten) return { ...NUMBER, factor: tenTo(Number(ten[1] ?? 1)) };
  if (/^[1-9]\d{0,17}$/.test(token)) return { ...NUMBER, factor: rational(BigInt(token)) };
  const [, name = '', power = '1'] = /^(.*?)([+-]?\d{1,2})?$/s.exec(token) ?? [];
  if (Math.abs(Number(power)) > MOST_POWER) return undefined;
  const found = atom(name);
  return found && toPower(found, Number(power));
}

/** One unit expression, read from left to right: `/` divides by the next part only. */
class Reader {
  #rest: string;
  constructor(code: string) {
    this.#rest = code;
  }

  whole(): Measure | undefined {
    const found = this.#term();
    return this.#rest === '' ? found : undefined;
  }

  #take(pattern: RegExp): string | undefined {
    const [found] = pattern.exec(this.#rest) ?? [];
    if (found !== undefined) this.#rest = this.#rest.slice(found.length);
    return found;
  }

  #term(): Measure | undefined {
    let result: Measure | undefined = NUMBER;
    let operator = this.#take(/^\//) ?? '.';
    while (result) {
      const part = this.#component();
      result = part && times(result, part, operator === '/' ? -1 : 1);
      const next = this.#take(/^[./]/);
      if (next === undefined) break;
      operator = next;
    }
    return result;
  }

  #component(): Measure | undefined {
    if (this.#take(/^\(/) !== undefined) {
      const inner = this.#term();
      return this.#take(/^\)/) === undefined ? undefined : inner;
    }
    const token = this.#take(TOKEN);
    // What stands in braces says of what, and changes no value; alone it counts things.
    const annotated = this.#take(ANNOTATION) !== undefined;
    if (token === undefined) return annotated ? NUMBER : undefined;
    return simpleUnit(token);
  }
}

const measureOf = (code: string): Measure | undefined => new Reader(code).whole();

function offsetUnit(code: string): CanonicalUnit | undefined {
  const row = own(OFFSET_UNITS, code);
  const offset = row && parseDecimal(row[0])?.value;
  return offset && { unit: 'K', factor: rational(row[1], row[2]), offset };
}

function read(code: string): CanonicalUnit | undefined {
  if (code === '' || code.length > MOST_CHARACTERS) return undefined;
  const special = offsetUnit(code);
  if (special) return special;
  const measure = measureOf(code);
  if (!measure) return undefined;
  const parts = [...measure.powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const unit = parts.map(([name, power]) => (power === 1 ? name : `${name}${power}`)).join('.');
  return { unit: unit === '' ? '1' : unit, factor: measure.factor, offset: ZERO };
}

/** Units seen; what clients send must not fill the memory. */
const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, CanonicalUnit | undefined>();

/**
 * Canonical form of a UCUM code (case-sensitive), so that quantities of one dimension compare whatever their unit.
 * Undefined for a code that is none of UCUM's, or not in the table of `unit-atoms.ts`.
 */
export function canonicalUnit(code: string): CanonicalUnit | undefined {
  if (remembered.has(code)) return remembered.get(code);
  const found = read(code);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(code, found);
  return found;
}
