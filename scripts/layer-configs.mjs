// eslint's view of the layers: `no-restricted-imports` per folder, for a word in the editor while one types.
// It sees only the text of an import; dependency-cruiser resolves the files and is the proof.
import { FOLDERS, foreignPackages, forbiddenFor, PACKAGE_HOMES, TYPES_ARE_FREE } from './layers.mjs';

const packageRule = (names, typesAreFree = (name) => TYPES_ARE_FREE.has(name)) =>
  names.map((name) => ({
    name,
    message: `${name} belongs to src/${PACKAGE_HOMES[name].join(', src/')} (scripts/layers.mjs)`,
    allowTypeImports: typesAreFree(name),
  }));

const folderRule = (folder) => {
  const forbidden = forbiddenFor(folder);
  if (forbidden.length === 0) return [];
  const message = `src/${folder} may not import from that layer (scripts/layers.mjs)`;
  return [{ regex: `^(\\./)?(\\.\\./)+(${forbidden.join('|')})(/|\\.js$)`, message }];
};

const restricted = (paths, patterns, typesAreFree) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths: packageRule(paths, typesAreFree), patterns }],
});

const single = Object.values(PACKAGE_HOMES)
  .flat()
  .filter((home) => home.endsWith('.ts'));

/** Flat configuration entries for src, one per folder, and one per file that has a package of its own. */
export const layerConfigs = () => [
  // The files on top and the commands wire the folders together: they may name all types.
  { files: ['src/*.ts', 'src/cli/**/*.ts'], rules: restricted(Object.keys(PACKAGE_HOMES), [], () => true) },
  ...FOLDERS.filter((folder) => folder !== 'cli').map((folder) => ({
    files: [`src/${folder}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}', ...single.map((file) => `src/${file}`)],
    rules: restricted(foreignPackages(folder), folderRule(folder)),
  })),
  ...single.map((file) => {
    const folder = file.split('/')[0];
    const packages = foreignPackages(folder).filter((name) => !PACKAGE_HOMES[name].includes(file));
    return { files: [`src/${file}`], rules: restricted(packages, folderRule(folder)) };
  }),
];
