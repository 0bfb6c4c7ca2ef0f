import type { Job } from '../../store/job.js';
import type { JobFiles } from '../../store/job-files.js';
import type { BundleTask } from './bundle-task.js';

/** Name of the parts that hold answers. */
export const ANSWER = 'answer/entries';

/**
 * The answer to an asynchronous Bundle in pieces: a Bundle of type `batch-response` with one entry that holds what a waiting
 * client would have got (https://hl7.org/fhir/async-bundle.html).
 */
export async function* bundleResult(files: JobFiles, job: Job): AsyncGenerator<Buffer | string> {
  const { type } = job.task as unknown as BundleTask;
  const batch = type === 'batch';
  yield '{"resourceType":"Bundle","type":"batch-response","entry":[';
  if (batch) yield '{"response":{"status":"200 OK"},"resource":{"resourceType":"Bundle","type":"batch-response"';
  let first = true;
  for (const { id, name } of job.parts) {
    if (name !== ANSWER) continue;
    yield first ? (batch ? ',"entry":[' : '') : ',';
    first = false;
    yield* files.read([id]);
  }
  yield `${batch ? `${first ? '' : ']'}}}` : ''}]}`;
}
