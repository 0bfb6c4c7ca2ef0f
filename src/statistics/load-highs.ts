import type { Highs } from 'highs';

let runtime: Promise<Highs> | undefined;

/**
 * The linear programming solver HiGHS, compiled to WebAssembly (package `highs`). Compiling takes longer than most of the
 * work, so a process does it once; every model is separate and is disposed by whoever made it.
 * The package's type declarations describe its CommonJS build; Node gives an ES module, whose default export is the loader.
 */
export function loadHighs(): Promise<Highs> {
  runtime ??= import('highs').then((module) =>
    (module as unknown as { readonly default: () => Promise<Highs> }).default(),
  );
  return runtime;
}
