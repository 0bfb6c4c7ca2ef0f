import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../config/paths.js';

/** The departments as SVG paths; where they come from stands in the file (`origin`), which scripts/build-department-map.mjs makes. */
interface DepartmentShapes {
  readonly width: number;
  readonly height: number;
  readonly departments: readonly {
    /** Health region that the department shows: `RS01` to `RS18`. */
    readonly region: string;
    readonly name: string;
    /** Where its sign stands. */
    readonly label: readonly [x: number, y: number];
    /** The sign stands in the sea, not on the department's colour. */
    readonly offshore: boolean;
    readonly path: string;
  }[];
  /** The metropolitan regions are cities. */
  readonly cities: readonly { readonly region: string; readonly at: readonly [x: number, y: number] }[];
}

export const DEPARTMENT_SHAPES = JSON.parse(
  readFileSync(join(packageRoot, 'src', 'web', 'assets', 'departments.json'), 'utf8'),
) as DepartmentShapes;
