import { bilingual } from '../words.js';
import { type Priority } from './clocks.js';
import { CONDITIONS } from './conditions.js';
import { COMPLETE_OPERATION } from './emergency/complete-operation.js';
import { EDGES, type Edge } from './edges.js';
import type { FieldRow } from './field.js';
import { ATTEMPTS_NEEDED, type Group, GROUPS } from './leave-list-rules.js';
import { ALL_MOVES, moveRow } from './moves.js';
import { ALL_PARTIES, PARTIES, type Side } from './parties.js';
import { plainWritesTable } from './plain-writes/plain-writes-page.js';
import { ALL_QUEUE_MOVES, QUEUE_OPERATION } from './queue.js';
import { SLOT_FIELDS } from './slots/slot-pattern.js';
import { ALL_STATES, stateRow } from './states.js';
import { ALL_WORKLISTS, worklistRow } from './worklists.js';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const code = (text: string): string => `\`${text}\``;
const SIDES: Readonly<Record<Side | 'network' | 'patient' | 'service', string>> = {
  origin: 'origen / origin',
  destination: 'destino / destination',
  network: 'red / network',
  patient: 'paciente / patient',
  service: 'servicio / service',
};

function fieldText(field: FieldRow): string {
  const many = field.repeats ? (field.required ? ' 1..\\*' : ' 0..\\*') : field.required ? '' : '?';
  const parts = field.parts ? ` {${field.parts.map(fieldText).join(', ')}}` : '';
  const unless = field.unless === undefined ? '' : ` (o / or ${code(field.unless)})`;
  return `${code(field.name)}${many}${parts}${unless}`;
}

function edgeTarget({ to, oldLeg, newReferral }: Edge): string {
  if (newReferral) return `${code(to)} de otra referencia con \`replaces\` / of another referral`;
  return oldLeg
    ? `${code(to)} en una Task nueva / in a new Task; la anterior / the old one: ${code(oldLeg)}`
    : code(to);
}

const states = (): string =>
  table(
    [
      'Estado / State',
      'Español',
      'English',
      'ServiceRequest',
      'Task',
      'Actúa / Acts next',
      'Reloj / Clock',
      'Lista de / Worklist of',
    ],
    ALL_STATES.map((state) => {
      const { es, en, request, task, actsNext, clock, worklist } = stateRow(state);
      const side = actsNext ? SIDES[actsNext] : '–';
      return [
        code(state),
        es,
        en,
        code(request),
        task.map(code).join(' ') || '–',
        side,
        clock ?? '–',
        worklist.join(', ') || '–',
      ];
    }),
  );

const edges = (built: ReadonlySet<string>): string =>
  table(
    ['N.º', 'De / From', 'Operación / Operation', 'Si / When', 'A / To', 'Quién / Who', 'Aquí / Here'],
    EDGES.map((edge) => [
      edge.t,
      edge.from ? code(edge.from) : '–',
      edge.move === 'create' ? 'crear / create' : code(`$${edge.move}`),
      edge.when ? bilingual(CONDITIONS[edge.when]) : '',
      edgeTarget(edge),
      edge.by.join(', '),
      edge.move === 'create' || built.has(edge.move) ? 'sí / yes' : 'aún no / not yet',
    ]),
  );

const moves = (built: ReadonlySet<string>): string =>
  table(
    ['Operación / Operation', 'En / On', 'Español', 'English', 'Lleva / Carries'],
    ALL_MOVES.filter((move) => built.has(move)).map((move) => {
      const { on, es, en, fields, patientFields } = moveRow(move);
      const carries = fields.map(fieldText).join(', ') || '–';
      const patient = patientFields ? `<br>PT: ${patientFields.map(fieldText).join(', ')}` : '';
      return [code(`$${move}`), on, es, en, carries + patient];
    }),
  );

const parties = (): string =>
  table(
    ['', 'Español', 'English', 'Lado / Side', 'Funciones / Roles'],
    ALL_PARTIES.map((party) => {
      const { es, en, side, roles } = PARTIES[party];
      return [party, es, en, SIDES[side], roles.map(code).join(' ')];
    }),
  );

const attempts = (): string => {
  const priorities = Object.keys(ATTEMPTS_NEEDED.priority) as Priority[];
  const groups = Object.keys(ATTEMPTS_NEEDED.group) as Group[];
  return table(
    ['Prioridad o grupo / Priority or group', 'Intentos / Attempts'],
    [
      ...priorities.map((name) => [code(name), String(ATTEMPTS_NEEDED.priority[name])]),
      ...groups.map((name) => [bilingual(GROUPS[name]), String(ATTEMPTS_NEEDED.group[name])]),
    ],
  );
};

const SLICES: Readonly<Record<NonNullable<ReturnType<typeof worklistRow>['slice']>, string>> = {
  all: '–',
  today: 'hoy / today',
  overdue: 'vencido / overdue',
  moved: 'movida a mano / moved by hand',
  absent: 'no llegó, o vencido / no-show, or overdue',
  incomplete: 'falta la parte del origen / the part of the origin is missing',
};

const besideTable = (): string =>
  table(
    ['Operación / Operation', 'Qué hace / What it does', 'Lleva / Carries'],
    [
      [
        code(`Task/{id}/$${QUEUE_OPERATION.name}`),
        `${QUEUE_OPERATION.es} / ${QUEUE_OPERATION.en}: ${ALL_QUEUE_MOVES.map(code).join(' ')}; If-Match`,
        QUEUE_OPERATION.fields.map(fieldText).join(', '),
      ],
      [
        code(`ServiceRequest/{id}/$${COMPLETE_OPERATION.name}`),
        `${COMPLETE_OPERATION.es} / ${COMPLETE_OPERATION.en}; If-Match`,
        COMPLETE_OPERATION.fields.map(fieldText).join(', '),
      ],
      [
        code('HealthcareService/{id}/$make-slots'),
        'abrir cupos, hasta 1,000 por vez / open slots, up to 1,000 at a time',
        SLOT_FIELDS.map(fieldText).join(', '),
      ],
      [
        code('GET Organization/{id}/$agenda'),
        'cupos por hora; sin parámetros los libres de hoy y mañana / slots by the hour; without parameters the free ones of today and tomorrow',
        ['from', 'to', 'status', 'service', '_count'].map((name) => `${code(name)}?`).join(', '),
      ],
    ],
  );

const lists = (): string =>
  table(
    ['Lista / List', 'Español', 'English', 'Lado / Side', 'Qué / What', 'Plazo / Term', 'Estados / States'],
    ALL_WORKLISTS.map((name) => {
      const { es, en, side, slice, follows, states: held } = worklistRow(name);
      const rows = follows ? 'lo enviado / what was sent' : 'lo que le toca / its turn';
      return [code(name), es, en, SIDES[side], rows, SLICES[slice ?? 'all'], held.map(code).join(' ')];
    }),
  );

/** Markdown page of the workflow, from its tables; `built` holds the names of the operations this server has. */
export function workflowPage(built: ReadonlySet<string>): string {
  const section = (title: string, text: string, body: string): string => `## ${title}\n\n${text}\n\n${body}\n`;
  return [
    '# Flujo de la referencia / Referral workflow\n',
    'Esta página se genera de las tablas de `src/referral/`; no se edita a mano. / This page is generated from the tables in `src/referral/`.\n',
    section(
      'Quién es quién / Who is who',
      "Una persona actúa con su asignación en uso; el sistema de un establecimiento nombra en `actor` a su PractitionerRole. / A person acts as the assignment in use; a facility's system names its PractitionerRole in `actor`.",
      parties(),
    ),
    section(
      'Estados / States',
      'El estado va en `Task.businessStatus`; la pareja con `Task.status` y `ServiceRequest.status` es fija. / The state is in `Task.businessStatus`; its pair with both statuses is fixed.',
      states(),
    ),
    section(
      'Dibujo / Drawing',
      'Azul: actúa el origen; verde: actúa el destino; gris con doble borde: terminada. / Blue: the origin acts; green: the destination acts; grey with a double border: ended. Punteada: la Task anterior queda ahí. / Dashed: the old Task stays there.',
      '![Estados y transiciones de una referencia / states and transitions of a referral](referral-workflow.svg)',
    ),
    section(
      'Transiciones / Transitions',
      'Lo que no está en una fila no se puede. / What no row allows is refused with 422 `move-not-allowed`.',
      edges(built),
    ),
    section(
      'Qué lleva cada operación / What each operation carries',
      '`?`: puede faltar. Lo que falta se contesta con 422 `field-missing`. / `?`: optional. What is missing is answered with 422 `field-missing`.',
      moves(built),
    ),
    section(
      'Escrituras que son un movimiento / Writes that are a move',
      'Un sistema que no llama operaciones escribe recursos FHIR; estas escrituras (POST, PUT, PATCH; solas o en un Bundle `batch`) hacen el movimiento con sus mismas reglas. Appointment y Encounter nombran la referencia en `basedOn`; de la Task cuenta la pareja `status` y `businessStatus`, y lleva If-Match. `actor` va en el encabezado `X-Provenance`. «–»: ese dato no cabe en el recurso; use la operación. / A system that calls no operations writes FHIR resources; these writes (POST, PUT, PATCH; alone or in a `batch`) make the move under the same rules. Appointment and Encounter name the referral in `basedOn`; of the Task the pair of `status` and `businessStatus` counts, with If-Match. `actor` goes in the header `X-Provenance`. "–": no room for it in the resource; use the operation. `new`: sin versión anterior / no version before.',
      plainWritesTable(built),
    ),
    section(
      'Plazos / Clocks',
      'Cuánto puede durar cada reloj es dato de la Secretaría: [plazos](deadlines.md). / How long each clock may run is data of the ministry: [deadlines](deadlines.md).',
      '',
    ),
    section(
      'Intentos antes de egresar de la lista / Attempts before leaving the list',
      '`$leave-list` pide tantos días con un intento sin lograrlo; cuenta el más alto de los que se aplican. `not-reachable` pide uno al menos; `repeated-no-show`, dos citas de esta referencia a las que no se presentó; lo que dijo la persona vale con un intento en que se habló con ella. Valores de trabajo, por confirmar. / `$leave-list` needs so many days with an attempt in vain; the highest that applies counts. `not-reachable` needs one at least; `repeated-no-show`, two missed appointments of this referral; what the person said is enough once an attempt has reached them. Working values.',
      attempts(),
    ),
    section(
      'Listas de trabajo / Worklists',
      '`GET Organization/{id}/$worklists` da las cuentas y la dirección de cada lista; `GET Organization/{id}/$worklist?list=` la lista en orden de trabajo: lo más urgente primero, después el plazo más antiguo y la fecha más antigua (`today` por hora de la cita, `moved` lo último primero). / `$worklists` gives the counts and the URL of each list, `$worklist?list=` the list in working order: the most urgent first, then the earliest term and the first date (`today` by the hour of the appointment, `moved` the last first).',
      lists(),
    ),
    section(
      'Fila a mano y agenda / Queue by hand and agenda',
      'Operaciones que no cambian el estado, de citas del destino (DS). / Operations of the destination’s scheduler (DS) that leave the state as it is.',
      besideTable(),
    ),
  ].join('\n');
}
