import type { Operation } from '../operation.js';

type Shared = Omit<Operation, 'level' | 'method'>;

/** Rows of an operation that is asked at several levels, by GET and by POST alike. */
export const operationRows = (
  shared: Shared,
  levels: readonly Operation['level'][],
  methods: readonly Operation['method'][] = ['GET', 'POST'],
): readonly Operation[] =>
  levels.flatMap((level) => methods.map((method): Operation => ({ ...shared, level, method })));
