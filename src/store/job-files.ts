import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mongo } from 'mongoose';

const BUCKET = 'job_files';
const CHUNK_BYTES = 1_048_576;

/** Name of the file with what was sent to be worked on. */
export const SENT = 'sent';

/** What jobs have produced, in GridFS: any process of the service can serve it. */
export class JobFiles {
  readonly #bucket: mongo.GridFSBucket;

  constructor(db: mongo.Db) {
    this.#bucket = new mongo.GridFSBucket(db, {
      bucketName: BUCKET,
      chunkSizeBytes: CHUNK_BYTES,
      writeConcern: { w: 'majority' },
    });
  }

  /** Writes one file of a job. Returns its id; every call makes a new file. */
  async write(job: string, name: string, text: string): Promise<string> {
    const upload = this.#bucket.openUploadStream(name, { metadata: { job } });
    await pipeline(Readable.from([Buffer.from(text)]), upload);
    return upload.id.toHexString();
  }

  /** Text of the files, one after the other, as bytes. Ends with an error when one is gone. */
  async *read(ids: readonly string[]): AsyncGenerator<Buffer> {
    for (const id of ids)
      for await (const chunk of this.#bucket.openDownloadStream(new mongo.ObjectId(id))) yield chunk as Buffer;
  }

  /** Deletes some files. One that is gone already is gone. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#delete(new mongo.ObjectId(id));
  }

  async #delete(id: mongo.ObjectId): Promise<void> {
    await this.#bucket.delete(id).catch((error: unknown) => {
      if (!/File not found/.test(String(error))) throw error;
    });
  }

  /** Jobs that have files from before a moment. */
  async jobs(before: Date): Promise<string[]> {
    const found = this.#bucket.find({ uploadDate: { $lt: before } }, { projection: { metadata: 1 } });
    const names = new Set<string>();
    for await (const { metadata } of found) if (typeof metadata?.['job'] === 'string') names.add(metadata['job']);
    return [...names];
  }

  /** Deletes every file of a job, or those of one name. */
  async removeAll(job: string, name?: string): Promise<void> {
    const named = name === undefined ? {} : { filename: name };
    for await (const { _id } of this.#bucket.find({ 'metadata.job': job, ...named })) await this.#delete(_id);
  }
}
