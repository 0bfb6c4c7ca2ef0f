import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Something to import. */
export interface SourceFile {
  /** What it is known by: SHA-256 of its bytes; a name of its own for standard input, which is read once only. */
  readonly id: string;
  /** Name for people. */
  readonly name: string;
  /** Bytes as stored, packed or not; undefined when nobody can know. */
  readonly size: number | undefined;
  /** Unpacked bytes from an offset on. */
  open(offset: number): AsyncIterable<Buffer>;
  /** Stored bytes read so far, for the progress bar. */
  readonly bytesRead: () => number;
}

/** RFC 1952, 2.3.1. */
const GZIP = [0x1f, 0x8b];
const CHUNK = { highWaterMark: 262_144 };

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && GZIP.every((byte, index) => buffer[index] === byte);
  } finally {
    await file.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, CHUNK)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Leaves out what was read before: a packed file can be entered at its beginning only. */
async function* behind(source: AsyncIterable<Buffer>, offset: number): AsyncGenerator<Buffer> {
  let left = offset;
  for await (const chunk of source) {
    if (left < chunk.length) yield left > 0 ? chunk.subarray(left) : chunk;
    left = Math.max(0, left - chunk.length);
  }
}

function unpacked(stream: Readable): AsyncIterable<Buffer> {
  const plain = createGunzip();
  const out = new PassThrough(CHUNK);
  // What goes wrong on the way is met by whoever reads: `pipeline` ends the last stream with the error.
  pipeline(stream, plain, out).catch(() => undefined);
  return out;
}

/** A file, plain or packed with gzip (seen from its first bytes, not from its name). Throws when it cannot be read. */
export async function sourceFile(path: string): Promise<SourceFile> {
  const { size } = await stat(path);
  const packed = await isPacked(path);
  const id = await hashOf(path);
  let started = 0;
  let stream: ReturnType<typeof createReadStream> | undefined;
  return {
    id,
    name: basename(path),
    size,
    open(offset) {
      started = packed ? 0 : offset;
      stream = createReadStream(path, { ...CHUNK, start: started });
      return packed ? behind(unpacked(stream), offset) : stream;
    },
    bytesRead: () => started + (stream?.bytesRead ?? 0),
  };
}

/** Standard input, plain. It has no content hash before it has ended, so it has no position to go on from either. */
export function standardInput(stream: Readable, name: string): SourceFile {
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      read += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  return { id: name, name: '-', size: undefined, open: () => counted(), bytesRead: () => read };
}
