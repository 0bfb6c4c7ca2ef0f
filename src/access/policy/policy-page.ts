import type { Words } from '../../words.js';
import { ROLES } from '../caller.js';
import { ROLE_NAMES } from '../role-names.js';
import { type PolicyInteraction, type Reach, reachOf } from './policy-table.js';
import { groupOf, TYPE_GROUPS, type TypeGroup } from './type-groups.js';

/** A door of the service: a pair of resource type and interaction. */
interface Door {
  readonly type: string;
  readonly interaction: PolicyInteraction;
}

const GROUP_NAMES: Readonly<Record<TypeGroup, Words>> = {
  directory: { es: 'Directorio: quién y dónde', en: 'Directory: who and where' },
  person: { es: 'Persona', en: 'Person' },
  workflow: { es: 'Referencia y lo que la mueve', en: 'The referral and what moves it' },
  visit: { es: 'Atención', en: 'Visit' },
  clinical: { es: 'Expediente clínico', en: 'Clinical record' },
  provenance: { es: 'Procedencia', en: 'Provenance' },
  audit: { es: 'Bitácora de accesos', en: 'Audit' },
  subscription: { es: 'Suscripciones', en: 'Subscriptions' },
  conformance: { es: 'Definiciones', en: 'Definitions' },
};

const REACH: Readonly<Record<Reach, { readonly cell: string; readonly words: Words }>> = {
  all: { cell: 'todo', words: { es: 'todas las instancias', en: 'every instance' } },
  facility: {
    cell: 'estab.',
    words: {
      es: 'personas con relación con su establecimiento (registro, atención, referencia); entre personas, lo que nombra a su establecimiento',
      en: 'people with a relation to the facility (registration, encounter, referral); across people, what names the facility',
    },
  },
  self: { cell: 'propio', words: { es: 'solo lo de su propio expediente', en: 'the own record only' } },
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const both = ({ es, en }: Words): string => `${es}<br>*${en}*`;
const code = (text: string): string => `\`${text}\``;

function groupTable(group: TypeGroup, interactions: readonly PolicyInteraction[]): string {
  const rows = ROLES.map((role) => {
    const cells = interactions.map((interaction) => reachOf(role, group, interaction));
    return { role, cells };
  });
  const some = rows.filter(({ cells }) => cells.some((reach) => reach !== undefined));
  return table(
    ['', ...interactions.map(code)],
    some.map(({ role, cells }) => [code(role), ...cells.map((reach) => (reach ? REACH[reach].cell : '–'))]),
  );
}

function groupSection(group: TypeGroup, doors: readonly Door[]): string {
  const { es, en } = GROUP_NAMES[group];
  const here = doors.filter(({ type }) => groupOf(type) === group);
  const interactions = [...new Set(here.map(({ interaction }) => interaction))];
  const types = TYPE_GROUPS[group].map(code).join(', ');
  return `### ${es} / ${en}\n\n${types}\n\n${groupTable(group, interactions)}\n`;
}

/**
 * The page `docs/reference/access-policy.md`: the policy table as a matrix for each group of resource types.
 * @param doors every pair of type and interaction that the service serves; others get no column
 */
export function policyPage(doors: readonly Door[]): string {
  const groups = Object.keys(TYPE_GROUPS) as TypeGroup[];
  return [
    '# Quién puede hacer qué / Access policy',
    '',
    'Página generada con `npm run docs` desde `src/access/policy/policy-table.ts`; no se edita a mano. Lo que no está',
    'en la tabla se rechaza con 403 `role-forbidden`. Lo que está fuera del alcance se contesta como si no existiera (404).',
    'El token puede permitir menos que la función (403 `scope-forbidden`), nunca más. `$move` abre la puerta a las',
    'operaciones que mueven una referencia; quién hace cuál está en [el flujo de la referencia](referral-workflow.md).',
    '',
    '*Made by `npm run docs` from `src/access/policy/policy-table.ts`. What the table does not have is refused with',
    '403 `role-forbidden`. What is out of reach is answered as if it did not exist (404). A token may allow less than the',
    'role (403 `scope-forbidden`), never more. `$move` opens the door to the operations that move a referral; who makes which',
    'move stands in [the referral workflow](referral-workflow.md).*',
    '',
    '## Alcance / Reach',
    '',
    table(
      ['', 'Significado / meaning'],
      Object.values(REACH).map(({ cell, words }) => [cell, both(words)]),
    ),
    '',
    'Una persona que nunca se atendió en el establecimiento se encuentra solo por su identificador exacto y con datos mínimos;',
    'el registro o la atención que sigue crea la relación. Un registro lo cambia solo el establecimiento que lo hizo.',
    'Un mensaje (`Communication`) lo ven solo los establecimientos entre los que va, y el paciente solo cuando también va a él.',
    '',
    '*A person never seen at the facility is found by exact identifier only, with minimal demographics; the registration or',
    'encounter that follows creates the relation. A record is changed only by the facility that made it. A message',
    '(`Communication`) is seen only by the facilities between which it goes, and by the patient only when it goes there too.*',
    '',
    '## Funciones / Roles',
    '',
    table(
      ['Función / role', ''],
      ROLES.map((role) => [code(role), both(ROLE_NAMES[role])]),
    ),
    '',
    '## Permisos / Permissions',
    '',
    ...groups.map((group) => groupSection(group, doors)),
  ].join('\n');
}
