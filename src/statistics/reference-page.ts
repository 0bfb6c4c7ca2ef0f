import { AGE_BANDS } from './age-bands.js';
import { DUTIES, type Duty } from './duties.js';
import { ALL_MEASURES, measureRow } from './measures.js';
import { COLUMNS, TABLES } from './release/rows.js';
import { CLOSING_DAYS } from './statistics-month.js';
import { THRESHOLD } from './threshold.js';

const measures = ALL_MEASURES.map((code) => {
  const { es, en, numerator, denominator, rule } = measureRow(code);
  return [
    `### \`${code}\`: ${es} / ${en}`,
    '',
    `- **Numerador**: ${numerator.es} *${numerator.en}*`,
    `- **Denominador**: ${denominator.es} *${denominator.en}*`,
    `- **Regla de conteo**: ${rule.es} *${rule.en}*`,
    '',
  ].join('\n');
});

const differences = ALL_MEASURES.flatMap((code) => {
  const whole = measureRow(code).partOf;
  return whole === undefined ? [] : [`\`${whole}\` − \`${code}\``];
});

const DUTY_NAMES: Readonly<Record<Duty, string>> = {
  review: 'ver lo que aún no es público / see what is not public yet',
  build: 'preparar / build',
  approve: 'aprobar lo que preparó otra persona / approve what somebody else built',
  publish: 'publicar / publish',
  answer: 'responder preguntas del público / answer questions of the public',
};
const duties = Object.entries(DUTIES).map(
  ([duty, roles]) => `| ${DUTY_NAMES[duty as Duty]} | ${roles.map((role) => `\`${role}\``).join(', ')} |`,
);

/** Text of docs/reference/statistics.md, from the tables of this folder. */
export const statisticsPage = (): string => `# Estadísticas abiertas / Open statistics

<!-- Written by \`npm run docs\` from src/statistics; do not edit. -->

Cada mes cerrado se publica en \`/datos/v1/releases/AAAA-MM/vN/\`: ${TABLES.map(({ name }) => `\`${name}\``).join(', ')}, cada tabla en CSV y
JSON, con \`release.json\` (definiciones y método) y \`manifest.json\` (bytes y SHA-256 de cada archivo). Un mes cierra ${CLOSING_DAYS} días después de su fin,
en hora de Honduras; entonces sus conteos se congelan. Lo publicado nunca cambia: una corrección de definiciones o formato es otra versión.

*Every closed month is published at \`/datos/v1/releases/YYYY-MM/vN/\`, each table as CSV and JSON, with definitions, method and a manifest. A month
closes ${CLOSING_DAYS} days after its end, Honduran time; its counts are frozen then. What is published never changes.*

## Columnas / Columns

\`${COLUMNS.join(',')}\`

\`geo\` es \`total\` (el país), \`RS01\` a \`RS20\` (las regiones sanitarias, en su orden oficial) o \`sin-dato\`. En las demás dimensiones \`total\` es el margen.
Un dato oculto tiene \`value\` vacío y \`status\` \`c\`: no significa cero. *A hidden figure has an empty \`value\` and \`status\` \`c\`: it does not mean zero.*

Grupos de edad (AT2-R) / age bands: ${AGE_BANDS.map(({ code, es }) => `\`${code}\` ${es}`).join('; ')}; \`sin-dato\`.

## Medidas / Measures

${measures.join('\n')}
## Método de protección (S) / Protection

1. Se oculta todo conteo de 1 a ${THRESHOLD.usual} (configurable hasta ${THRESHOLD.most}). También se protegen las diferencias: ${differences.join(', ')}.
2. Los ceros se publican. Si todas las referencias de una región fueron a una sola especialidad, se oculta además un cero de esa fila.
3. Se ocultan otros datos hasta que, con todas las tablas y márgenes a la vez, cada conteo pequeño pueda estar en un intervalo tan ancho como la regla
   (umbral − 1) y ningún dato oculto se pueda calcular. Todos llevan el mismo signo.
4. Una auditoría aparte calcula por programación lineal el intervalo de cada dato oculto con lo publicado en esta y en las versiones anteriores
   del mes. Si algo es más estrecho que la regla, no hay publicación. No hay sumas de varios meses: cada mes es independiente.
5. Una segunda persona aprueba. Cada paso deja un registro de auditoría.

*Counts from 1 to ${THRESHOLD.usual} (up to ${THRESHOLD.most}) are hidden, and so are small differences of two measures. Zeros are published, except one zero of a row in
which a region sent everybody to one specialty. Further figures are hidden until every small count can lie in an interval as wide as the rule over all linked tables, and no
hidden figure can be computed; all carry one symbol. A separate audit computes the interval of each hidden figure by linear programming from all that is published, in this and earlier
versions, and refuses the release otherwise. A second person approves. No figures over several months are published.*

Límites conocidos: la auditoría razona sobre las tablas publicadas, no sobre quien ya conoce a alguna persona contada. *Known limit: the audit reasons on the
published tables, not on readers who already know some of the people counted.*

## Quién hace qué / Who does what

| Paso / step | Función / role |
|---|---|
${duties.join('\n')}

En el navegador: \`/publicaciones\` para quien publica; \`/datos\` (meses, tablas, mapa, definiciones, preguntas) para todos, sin cuenta. Contar, proteger y
auditar un mes grande tarda minutos; se hace en un proceso aparte y la página dice cómo va. *In the browser: \`/publicaciones\` for those who publish, \`/datos\`
for everybody. Counting, protecting and auditing a large month takes minutes, in a process of its own.*

## Mandatos / Commands

\`\`\`
npm run cli -- statistics build 2026-03
npm run cli -- statistics report 2026-03
npm run cli -- statistics approve 2026-03 --as approver
npm run cli -- statistics publish --to CARPETA
npm run cli -- statistics attack CARPETA
\`\`\`

\`attack\` usa solo los archivos públicos; sale con 1 si recupera un dato. *\`attack\` uses the public files alone; it exits with 1 when it recovers a figure.*
`;
