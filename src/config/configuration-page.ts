import { variableRows } from './variables.js';

const RULES = { required: 'obligatoria / required', 'not-true': 'se rechaza / refused' } as const;

/** The page `docs/reference/configuration.md`, made from the table of variables. */
export function configurationPage(): string {
  const rows = variableRows.map(({ name, fallback, production, meaning }) => {
    const standard = fallback === '—' ? '—' : `\`${fallback}\``;
    return `| \`${name}\` | ${standard} | ${production ? RULES[production] : '—'} | ${meaning.es}<br>*${meaning.en}* |`;
  });
  return [
    '# Configuración / Configuration',
    '',
    'Página generada con `npm run docs` desde `src/config/variables.ts`. El servicio lee estas variables del',
    'entorno al arrancar, las valida todas y, si algo falta o sobra, lo dice en una línea por problema y termina con código 1.',
    '',
    '*Made by `npm run docs` from `src/config/variables.ts`. The service reads these variables from the environment',
    'at start, checks them all and, when something is wrong, says it in one line per problem and leaves with code 1.*',
    '',
    '| Variable | Valor por defecto / default | En producción / in production | Significado / meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
