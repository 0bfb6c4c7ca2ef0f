import type { Request } from 'express';
import type { Caller } from '../access/caller.js';
import { PAPER_CODE_CALLER } from '../access/paper-code-caller.js';
import type { Operation } from '../fhir/operation.js';

/** Path below the FHIR base of an operation that names no instance. */
const pathOf = ({ type, name }: Operation): string => `/${type === undefined ? '' : `${type}/`}$${name}`;

/**
 * Who asks without a token: nobody, except for the operations that say `withoutToken` (design.md 3a.11). A token that is
 * given counts even there.
 */
export function anonymousCaller({
  operations,
}: {
  readonly operations: readonly Operation[];
}): (request: Request) => Caller | undefined {
  const open = new Set(
    operations.filter(({ withoutToken }) => withoutToken).map((row) => `${row.method} ${pathOf(row)}`),
  );
  return ({ method, path, headers }) =>
    headers.authorization === undefined && open.has(`${method} ${path}`) ? PAPER_CODE_CALLER : undefined;
}
