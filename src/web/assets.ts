import express, { type Router } from 'express';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageRoot } from '../config/paths.js';

const folder = join(packageRoot, 'src', 'web', 'assets', 'style');
/** All parts of the style, in the order of their names. */
const content = Buffer.concat(
  readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name))),
);
const compressed = gzipSync(content, { level: 9 });

/** Address of the stylesheet; it changes with its content, so browsers may keep it for ever. */
export const stylesheetPath = `/estatico/estilo.${createHash('sha256').update(content).digest('hex').slice(0, 12)}.css`;

/** Serves the stylesheet, unchanging and compressed. */
export function assetsRouter(): Router {
  const router = express.Router();
  router.get(stylesheetPath, (request, response) => {
    const gzip = request.acceptsEncodings('gzip') === 'gzip';
    response.set({
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.send(gzip ? compressed : content);
  });
  return router;
}
