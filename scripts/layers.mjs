// The one table of layers (docs: README, "Layout"): which folder of src may import which, and which packages
// belong to one folder. .dependency-cruiser.mjs is made from it.

/** Folder of src -> folders of src that it may import (itself always). */
export const MAY_IMPORT = {
  config: [],
  store: ['config'],
  access: ['store', 'config'],
  fhir: ['access', 'store', 'config'],
  referral: ['fhir', 'access', 'store', 'config'],
  record: ['fhir', 'access', 'store', 'config'],
  // Who is told what follows from the moves of a referral; subscribers get what a search would give them.
  notify: ['fhir', 'referral', 'access', 'store', 'config'],
  // What is counted is defined by the same legs, states and clocks that move referrals.
  statistics: ['referral', 'fhir', 'access', 'store', 'config'],
  // Many records at once: import, export, requests that are answered later.
  bulk: ['fhir', 'access', 'store', 'config'],
  // Synthetic histories are made of the same states and clocks as real ones.
  seed: ['fhir', 'referral', 'record', 'access', 'store', 'config'],
  // An outside client that speaks HTTP: it knows the catalogues and the tables of states, and nothing of the inside.
  demo: ['seed', 'referral', 'config'],
  // An outside program too: plays against an endpoint, and judges what a client did.
  'conformance-kit': ['demo', 'seed', 'referral', 'config'],
  http: ['bulk', 'fhir', 'referral', 'record', 'statistics', 'notify', 'access', 'store', 'config'],
  // Pages ask the FHIR engine as the signed-in person; the store is out of their reach.
  web: ['http', 'fhir', 'referral', 'record', 'statistics', 'notify', 'access', 'config'],
  cli: [
    'web',
    'http',
    'bulk',
    'fhir',
    'referral',
    'record',
    'statistics',
    'notify',
    'seed',
    'demo',
    'conformance-kit',
    'access',
    'store',
    'config',
  ],
};

/** Files directly below src that every folder may import; the others (main, cli, context, ...) sit on top of all. */
export const SHARED_FILES = ['csv-table', 'errors', 'error-table', 'logger', 'progress', 'startup-error', 'words'];

/** Package -> where it may be imported (folders of src, or a single file). */
export const PACKAGE_HOMES = {
  mongoose: ['store'],
  mongodb: ['store'],
  'mongodb-memory-server': ['store'],
  express: ['http', 'web'],
  'oidc-provider': ['access/load-oidc-provider.ts'],
  highs: ['statistics'],
  preact: ['web'],
  'preact-render-to-string': ['web'],
  uqr: ['web'],
  pdfkit: ['web'],
  nodemailer: ['notify'],
  'ipaddr.js': ['notify'],
};

/** Packages whose types may be used more widely than the package itself. */
export const TYPES_ARE_FREE = new Set(['oidc-provider']);

export const FOLDERS = Object.keys(MAY_IMPORT);

/** Folders that a folder must not import. */
export const forbiddenFor = (folder) =>
  FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other));

/** Packages that do not belong into a folder; a package whose home is one file is foreign to the rest of its folder. */
export const foreignPackages = (folder) =>
  Object.entries(PACKAGE_HOMES)
    .filter(([, homes]) => !homes.includes(folder))
    .map(([name]) => name);
