import type { ComponentChildren, VNode } from 'preact';

export interface Column {
  readonly name: string;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
}

export interface TableProps {
  /** What the table shows; read before it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells in the order of the columns; the first names the row. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table whose rows become cards on narrow screens: each cell then carries the name of its column. */
export function Table({ caption, columns, rows }: TableProps): VNode {
  return (
    <table class="rr-table" role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, numeric = false }) => (
            <th scope="col" role="columnheader" class={numeric ? 'rr-table__number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((cells) => (
          <tr role="row">
            {cells.map((cell, index) => {
              const { name = '', numeric = false } = columns[index] ?? {};
              return index === 0 ? (
                <th scope="row" role="rowheader">
                  {cell}
                </th>
              ) : (
                <td role="cell" data-name={name} class={numeric ? 'rr-table__number' : undefined}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
