// The proof of the layers (scripts/layers.mjs) on resolved files, cycles included.
import { join } from 'node:path';
import { FOLDERS, forbiddenFor, PACKAGE_HOMES, SHARED_FILES, TYPES_ARE_FREE } from './scripts/layers.mjs';

const NOT_TESTS = '\\.test\\.tsx?$';
const home = (path) => (path.endsWith('.ts') ? `^src/${path.replaceAll('.', '\\.')}$` : `^src/${path}/`);
const inside = '^src/';

const layers = FOLDERS.filter((folder) => forbiddenFor(folder).length > 0).map((folder) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import only what scripts/layers.mjs lists`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: NOT_TESTS },
  to: { path: `^src/(${forbiddenFor(folder).join('|')})/` },
}));

const packageRule = (name, from, to = {}) => ({
  name: `package-${name}`,
  comment: `${name} is imported only by src/${PACKAGE_HOMES[name].join(', src/')}`,
  severity: 'error',
  from: { path: from, pathNot: [NOT_TESTS, ...PACKAGE_HOMES[name].map(home)] },
  to: { path: `node_modules/(@types/)?${name}/`, ...to },
});
/** Type imports leave no trace at run time. */
const VALUES = { dependencyTypesNot: ['type-only'] };

const packages = Object.keys(PACKAGE_HOMES).flatMap((name) => [
  packageRule(name, '^src/(?!cli/)[^/]+/', TYPES_ARE_FREE.has(name) ? VALUES : {}),
  // The files on top and the commands wire the folders together: they may name all types.
  packageRule(name, '^src/([^/]+$|cli/)', VALUES),
]);

export default {
  forbidden: [
    ...layers,
    ...packages,
    {
      name: 'top-files',
      comment: 'main, cli and context sit on top: no folder but cli imports them; their types may be named',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: [NOT_TESTS, '^src/cli/'] },
      to: {
        path: '^src/[^/]+\\.ts$',
        pathNot: `^src/(${SHARED_FILES.join('|')})\\.ts$`,
        ...VALUES,
      },
    },
    {
      name: 'no-cycles',
      comment: 'files that need each other are one file, or miss a third; types may look back',
      severity: 'error',
      from: { path: inside },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'unresolved',
      comment: 'a path that does not resolve would hide from every rule above',
      severity: 'error',
      from: { path: inside },
      to: { couldNotResolve: true, path: '^\\.' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(import.meta.dirname, 'tsconfig.json') },
  },
};
