/** One figure as the files show it: codes of its place and the count, or null where it is hidden. */
export interface PublishedRow {
  readonly geo: string;
  readonly sex: string;
  readonly age: string;
  readonly specialty: string;
  readonly measure: string;
  readonly value: number | null;
}

/** Everything that one version of one month says, as anybody can read it. */
export interface PublishedRelease {
  readonly month: string;
  /** 1, 2, ... */
  readonly version: number;
  /** Counts from 1 to here are hidden, as the release says. */
  readonly threshold: number;
  /** Measure -> measure that contains it, as the definitions say. */
  readonly partOf: Readonly<Record<string, string>>;
  readonly rows: readonly PublishedRow[];
}

/** Code of the margin in the files. */
const ALL = 'total';

/** Identity of a figure; the same for the same figure in every table and version of a month. */
export const rowKey = ({ geo, sex, age, specialty, measure }: PublishedRow): string =>
  [measure, geo, sex, age, specialty].join('|');

/** The same place with other codes. */
const placeOf = (row: PublishedRow, change: Partial<PublishedRow>): string => rowKey({ ...row, ...change });

const CATEGORIES = ['sex', 'age', 'specialty'] as const;

/** What ties figures together: the total is the sum of the parts. */
export interface SumRelation {
  readonly total: string;
  readonly parts: readonly string[];
}

/** The sums that a reader knows from the codes alone: regions make the nation, categories make their margin. */
export function sumsOf(rows: readonly PublishedRow[]): SumRelation[] {
  const parts = new Map<string, Set<string>>();
  const add = (total: string, part: string): void => {
    const known = parts.get(total);
    if (known) known.add(part);
    else parts.set(total, new Set([part]));
  };
  for (const row of rows) {
    const key = rowKey(row);
    // The kind of sum is part of the name: a margin is the sum of its regions and of each of its breakdowns.
    if (row.geo !== ALL) add(`geo>${placeOf(row, { geo: ALL })}`, key);
    for (const category of CATEGORIES)
      if (row[category] !== ALL) add(`${category}>${placeOf(row, { [category]: ALL })}`, key);
  }
  return [...parts].map(([name, keys]) => ({ total: name.slice(name.indexOf('>') + 1), parts: [...keys] }));
}

/** The containments that a reader knows from the definitions: figure of the part and of the measure that contains it. */
export const containedIn = ({ rows, partOf }: PublishedRelease): { readonly whole: string; readonly part: string }[] =>
  rows.flatMap((row) => {
    const measure = partOf[row.measure];
    return measure === undefined ? [] : [{ whole: placeOf(row, { measure }), part: rowKey(row) }];
  });

/**
 * Figures that may be zero although they are hidden: in a row by specialty of the referrals sent in which nothing
 * but zeros is published, one of the hidden figures may be a zero that was hidden because it discloses.
 */
export function maybeZero(rows: readonly PublishedRow[]): Set<string> {
  const byRegion = new Map<string, PublishedRow[]>();
  for (const row of rows)
    if (row.measure === 'sent' && row.specialty !== ALL) byRegion.set(row.geo, [...(byRegion.get(row.geo) ?? []), row]);
  return new Set(
    [...byRegion.values()]
      .filter((row) => row.every(({ value }) => value === null || value === 0))
      .flatMap((row) => row.filter(({ value }) => value === null).map(rowKey)),
  );
}
