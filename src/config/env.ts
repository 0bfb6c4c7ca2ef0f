import type { Words } from '../words.js';
import { variableRows } from './variables.js';
import type { Settings } from './variables.js';

/** Environment as a process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * First step of the configuration: text of the environment -> typed settings, by the table of variables.
 * An empty variable counts as absent (compose files and shells set them so).
 * @returns settings, and one problem per variable that cannot be read; secrets are not repeated in the text
 */
export function readEnvironment(env: Environment): { settings: Settings; problems: Words[] } {
  const problems: Words[] = [];
  const settings = Object.fromEntries(
    variableRows.map(({ key, name, schema }) => {
      const result = schema.safeParse(env[name] === '' ? undefined : env[name]);
      if (result.success) return [key, result.data];
      const expected = result.error.issues[0]?.message ?? '';
      problems.push({
        es: `${name} no es válido: se espera ${expected}`,
        en: `${name} is not valid: expected ${expected}`,
      });
      return [key, undefined];
    }),
  );
  return { settings: settings as unknown as Settings, problems };
}
