import type { Highs } from 'highs';

/**
 * The linear programming solver HiGHS, compiled to WebAssembly (package `highs`), one instance of its own.
 * Its type declarations describe the CommonJS build; Node gives an ES module, whose default export is the loader itself.
 */
export async function loadHighs(): Promise<Highs> {
  const { default: load } = (await import('highs')) as unknown as { readonly default: () => Promise<Highs> };
  return load();
}
