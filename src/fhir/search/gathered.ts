import type { DateValue, NumberValue, SearchValues } from '../../store/envelope.js';
import { type IndexKeys, presenceOf } from './index-keys.js';
import type { SearchableParameter } from './parameters.js';

/** What a resource is sorted by. */
export type Scalar = string | Date;

const isEmpty = (keys: IndexKeys): boolean =>
  Object.values<readonly unknown[] | undefined>({ ...keys }).every((list) => list === undefined || list.length === 0);

/** What is gathered of one resource. */
export class Gathered {
  readonly tok = new Set<string>();
  readonly ref = new Set<string>();
  readonly #str = new Set<string>();
  readonly #uri = new Set<string>();
  readonly #dat = new Map<string, DateValue>();
  readonly #num = new Map<string, NumberValue>();
  readonly k: Record<string, Scalar> = {};

  /** Adds keys, each once. */
  add({ tok = [], ref = [], str = [], uri = [], dat = [], num = [] }: IndexKeys): void {
    for (const key of tok) this.tok.add(key);
    for (const key of ref) this.ref.add(key);
    for (const key of str) this.#str.add(key);
    for (const key of uri) this.#uri.add(key);
    for (const value of dat) this.#dat.set(`${value.p} ${value.lo.getTime()} ${value.hi.getTime()} ${value.t}`, value);
    for (const value of num) this.#num.set(JSON.stringify(value), value);
  }

  /** Adds the keys of a value, or that there is one. */
  addValue(parameter: Pick<SearchableParameter, 'code' | 'kind'>, keys: IndexKeys): void {
    this.add(isEmpty(keys) ? presenceOf(parameter) : keys);
  }

  /** Of several values the lowest is what a resource is sorted by. */
  lowest(param: string, value: Scalar): void {
    const known = this.k[param];
    if (known === undefined || value < known) this.k[param] = value;
  }

  values(): SearchValues {
    return {
      tok: [...this.tok],
      ref: [...this.ref],
      str: [...this.#str],
      dat: [...this.#dat.values()],
      uri: [...this.#uri],
      num: [...this.#num.values()],
    };
  }
}
