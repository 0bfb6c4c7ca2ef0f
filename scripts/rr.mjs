#!/usr/bin/env node
// The commands under a short name: `rr import FILE...` is `npm run cli -- import FILE...`.
process.argv.splice(2, 0, 'cli');
await import('./run.mjs');
