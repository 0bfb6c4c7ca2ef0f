import type { Job } from '../../store/job.js';
import { filesOf, type JobFile } from '../jobs/job-files.js';
import { jobUrl } from '../jobs/job-owner.js';
import type { ExportTask } from './export-task.js';

/** An entry of a list of the manifest. */
interface ManifestFile {
  readonly type: string;
  readonly url: string;
  readonly count: number;
}

/** What a finished export consists of (https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest). */
export interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: true;
  readonly output: readonly ManifestFile[];
  readonly deleted: readonly ManifestFile[];
  readonly error: readonly ManifestFile[];
}

/** Manifest of a finished export. Errors do not leave half an export behind: the job fails as a whole. */
export function manifestOf(baseUrl: string, job: Job): Manifest {
  const files = filesOf(job);
  const shown = ({ type, name, count }: JobFile): ManifestFile => ({
    type,
    url: `${jobUrl(baseUrl, job._id)}/${name}`,
    count,
  });
  return {
    transactionTime: (job.task as unknown as ExportTask).at,
    request: job.request,
    requiresAccessToken: true,
    output: files.filter(({ list }) => list === 'output').map(shown),
    deleted: files.filter(({ list }) => list === 'deleted').map(shown),
    error: [],
  };
}
