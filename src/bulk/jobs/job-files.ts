import type { Job, JobPart } from '../../store/job.js';

/** Parts of one file at most; a client fetches large types in several files. */
const PARTS = 50;

/** A file of a finished job, as its client fetches it. */
export interface JobFile {
  /** `Patient-1.ndjson` */
  readonly name: string;
  readonly list: 'output' | 'deleted';
  /** Resource type of its lines. */
  readonly type: string;
  readonly count: number;
  readonly parts: readonly JobPart[];
}

/** Files of a job, in the order of the walk. */
export function filesOf({ parts }: Pick<Job, 'parts'>): readonly JobFile[] {
  const byName = new Map<string, JobPart[]>();
  for (const part of parts) byName.set(part.name, [...(byName.get(part.name) ?? []), part]);
  return [...byName].flatMap(([name, own]) => {
    const [list = '', type = ''] = name.split('/');
    if (list !== 'output' && list !== 'deleted') return [];
    return Array.from({ length: Math.ceil(own.length / PARTS) }, (_, index): JobFile => {
      const some = own.slice(index * PARTS, (index + 1) * PARTS);
      return {
        name: `${list === 'deleted' ? 'deleted' : type}-${index + 1}.ndjson`,
        list,
        type,
        count: some.reduce((sum, { count }) => sum + count, 0),
        parts: some,
      };
    });
  });
}
