/** Most FHIR text that one read gathers, bytes: a page of the largest resources would not fit into memory. */
export const MOST_TEXT = 64 * 1_048_576;

/**
 * Rows of a cursor until their texts exceed a bound; the row that goes over it is the last one.
 * @param cursor rows as they come from the database, a batch at a time
 * @param mostText characters of FHIR text
 * @returns the rows, and whether the cursor was read to its end
 */
export async function readBounded<T extends { readonly json: string }>(
  cursor: AsyncIterable<T>,
  mostText: number,
): Promise<{ readonly rows: T[]; readonly complete: boolean }> {
  const rows: T[] = [];
  let text = 0;
  for await (const row of cursor) {
    rows.push(row);
    text += row.json.length;
    if (text > mostText) return { rows, complete: false };
  }
  return { rows, complete: true };
}
