type Operators = Readonly<Record<string, unknown>>;

const isOperators = (value: unknown): value is Operators =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Date) &&
  Object.keys(value).some((key) => key.startsWith('$'));

const scalar = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

/** Order of MongoDB for what we compare: null before all, else within one type only. */
function compare(a: unknown, b: unknown): number | undefined {
  const [x, y] = [scalar(a), scalar(b)];
  if (typeof x !== typeof y || x === undefined || x === null) return undefined;
  return x === y ? 0 : (x as string) < (y as string) ? -1 : 1;
}

function test(value: unknown, operator: string, operand: unknown): boolean {
  const order = compare(value, operand);
  switch (operator) {
    case '$gt':
      return order === 1;
    case '$gte':
      return order === 1 || order === 0;
    case '$lt':
      return order === -1;
    case '$lte':
      return order === -1 || order === 0;
    case '$ne':
      return operand === null ? value !== undefined && value !== null : scalar(value) !== scalar(operand);
    case '$in':
      return (operand as unknown[]).some((item) => scalar(item) === scalar(value));
    case '$not':
      return !matchesOperators(value, operand as Operators);
    case '$elemMatch':
      return (
        Array.isArray(value) &&
        value.some((item) =>
          isOperators(operand) && !('$or' in operand)
            ? matchesOperators(item, operand)
            : evaluateFilter(operand as Operators, item),
        )
      );
    default:
      throw new Error(`operator ${operator} is not known to the test`);
  }
}

const matchesOperators = (value: unknown, operators: Operators): boolean =>
  Object.entries(operators).every(([operator, operand]) =>
    Array.isArray(value) && operator !== '$elemMatch' && operator !== '$not'
      ? value.some((item) => test(item, operator, operand))
      : test(value, operator, operand),
  );

const valueAt = (document: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

/** What MongoDB would say of the operators our filters use, computed plainly: the oracle of property tests. */
export function evaluateFilter(filter: Operators, document: unknown): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (condition as Operators[]).every((part) => evaluateFilter(part, document));
    if (key === '$or') return (condition as Operators[]).some((part) => evaluateFilter(part, document));
    const value = valueAt(document, key);
    if (isOperators(condition)) return matchesOperators(value, condition);
    if (condition === null) return value === null || value === undefined;
    return Array.isArray(value)
      ? value.some((item) => scalar(item) === scalar(condition))
      : scalar(value) === scalar(condition);
  });
}
