import type { VNode } from 'preact';
import { codeSystemUrl } from '../../../config/canonical.js';
import { HC10_BLOCKS, type Hc10Block } from '../../../referral/hc10/hc10-field.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row } from '../../../referral/hc10/hc10-fields.js';
import type { Words } from '../../../words.js';
import { URGENCY } from '../../components/referral-tags.js';
import { dateText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { codeChoices } from '../../resources/code-choices.js';
import { codingText } from '../../resources/coded-text.js';
import { SHEET, SHEET_LABELS } from '../../texts/hc10-sheet.js';
import type { ReferralView } from '../referral/referral-view.js';
import { SheetBlock, SheetBoxes, SheetCell } from './sheet-parts.js';
import type { SheetData } from './sheet-data.js';

/** Blocks that the paper form of the norm has: empty fields are lines for the pen. The others are printed when filled. */
const ON_PAPER: ReadonlySet<Hc10Block> = new Set([
  'patient',
  'companion',
  'sender',
  'clinical',
  'vital-signs',
  'obstetric',
  'exam',
  'assessment',
  'destination',
  'contact',
  'author',
]);
/** Fields of those blocks that the paper does not have, or that are drawn by hand. */
const NO_LINE: ReadonlySet<Hc10Field> = new Set([
  'acompanante2-nombre',
  'acompanante2-parentesco',
  'acompanante2-telefono',
  'riesgo-cual',
  'amerita-otro',
  'contacto-explicacion',
  'contacto-hora',
  'saturacion',
]);
const BY_HAND: ReadonlySet<Hc10Field> = new Set([
  'pa-sistolica',
  'pa-diastolica',
  'amerita',
  'riesgo',
  'motivo',
  'estudios',
  'adjuntos',
]);
const WIDE: ReadonlySet<Hc10Field> = new Set([
  'resumen',
  'pregunta',
  'justificacion',
  'diagnostico',
  'recomendaciones',
  'direccion',
  'alergias',
]);

interface Props {
  readonly page: PageContext;
  readonly data: SheetData;
}

/** A value as the paper shows it: codes by their names, moments and days in words. */
function shownValue({ page, data }: Props, field: Hc10Field): string | undefined {
  const { language, say } = page;
  const text = data.values[field];
  if (text === undefined) return undefined;
  const { kind, system } = hc10Row(field);
  if (field === 'prioridad') return say(URGENCY[text as keyof typeof URGENCY]);
  if (kind === 'moment') return timeText(text, language);
  if (kind === 'day') return dateText(text, language);
  if (kind === 'yes-no') return say(text === 'true' ? SHEET.yes : SHEET.no);
  return kind === 'code' && system !== undefined
    ? codingText(page, { system: codeSystemUrl(system), code: text })
    : text;
}

function Cells({ page, data, block }: Props & { readonly block: Hc10Block }): VNode {
  const fields = ALL_HC10_FIELDS.filter((field) => hc10Row(field).block === block && !BY_HAND.has(field));
  return (
    <>
      {fields.flatMap((field) => {
        const value = shownValue({ page, data }, field);
        if (value === undefined && (!ON_PAPER.has(block) || NO_LINE.has(field))) return [];
        const row = hc10Row(field);
        const label: Words = SHEET_LABELS[field] ?? { es: row.es, en: row.en };
        return [<SheetCell label={label} value={value} wide={WIDE.has(field)} />];
      })}
    </>
  );
}

/** One of several codes as boxes to tick. */
function CodeBoxes({ page, system, ticked }: { page: PageContext; system: string; ticked: readonly string[] }): VNode {
  const boxes = codeChoices(page, system).map(({ value, text }) => ({ text, ticked: ticked.includes(value) }));
  return <SheetBoxes boxes={boxes} />;
}

function Pressure({ data: { values } }: Props): VNode {
  const { 'pa-sistolica': high, 'pa-diastolica': low } = values;
  return <SheetCell label={{ es: 'P/A', en: 'BP' }} value={high === undefined ? undefined : `${high}/${low ?? ''}`} />;
}

const hasAny = ({ data }: Props, block: Hc10Block): boolean =>
  ALL_HC10_FIELDS.some((field) => hc10Row(field).block === block && data.values[field] !== undefined);

/** What the blocks have beside their fields: boxes, lists, the pressure as one value. */
const EXTRA: Partial<Record<Hc10Block, (props: Props) => VNode>> = {
  purpose: ({ page, data }) => <CodeBoxes page={page} system="referral-purpose" ticked={data.motives} />,
  'vital-signs': (props) => <Pressure {...props} />,
  results: ({ data }) => (
    <>
      {data.attached.length > 0 && <SheetCell label={SHEET.attached} value={data.attached.join('; ')} wide />}
      {data.asked.length > 0 && <SheetCell label={SHEET.asked} value={data.asked.join('; ')} wide />}
    </>
  ),
  assessment: ({ page, data }) => <CodeBoxes page={page} system="risk" ticked={[data.values.riesgo ?? '']} />,
  destination: ({ page, data }) => (
    <CodeBoxes page={page} system="care-requested" ticked={[data.values.amerita ?? '']} />
  ),
  author: () => <SheetCell label={SHEET.signature} />,
};

/** Form HC-10 with its blocks in the order of the norm. */
export function SheetFront({ page, data, referral }: Props & { readonly referral: ReferralView }): VNode {
  const { say } = page;
  const isMan = referral.patient?.gender === 'male';
  const blocks = (Object.keys(HC10_BLOCKS) as Hc10Block[]).filter((block) => {
    if (block === 'obstetric' && isMan) return false;
    if (block === 'results') return data.attached.length + data.asked.length > 0 || hasAny({ page, data }, block);
    return ON_PAPER.has(block) || block === 'purpose' || hasAny({ page, data }, block);
  });
  return (
    <>
      <p class="rr-hc10__head">
        <span>{say(SHEET.form)}</span>
        <span>☒ {say(SHEET.referral)}</span>
        <span>☐ {say(SHEET.answer)}</span>
        <b>
          {say(SHEET.number)} {referral.number}
        </b>
      </p>
      {blocks.map((block) => (
        <SheetBlock title={HC10_BLOCKS[block]}>
          {block !== 'author' && EXTRA[block]?.({ page, data })}
          <Cells page={page} data={data} block={block} />
          {block === 'author' && EXTRA[block]?.({ page, data })}
        </SheetBlock>
      ))}
      <Receiver page={page} data={data} />
    </>
  );
}

/** What the destination fills in: appointment, receipt, judgement (LN23:2019 annex 2). */
function Receiver({ page, data }: Props): VNode {
  const { say, language } = page;
  const start = data.appointment?.start;
  return (
    <>
      <SheetBlock title={SHEET.appointment}>
        <SheetCell label={SHEET.appointmentFor} value={start === undefined ? undefined : data.values.especialidad} />
        <SheetCell label={SHEET.appointmentAt} value={start === undefined ? undefined : timeText(start, language)} />
      </SheetBlock>
      <SheetBlock title={SHEET.receipt}>
        <SheetCell label={SHEET.receivedAt} />
        <SheetCell label={SHEET.receivedBy} />
      </SheetBlock>
      <SheetBlock title={SHEET.receiver}>
        <SheetBoxes
          boxes={[SHEET.timely, SHEET.justified].flatMap((words) =>
            [SHEET.yes, SHEET.no].map((answer) => ({ text: `${say(words)}: ${say(answer)}` })),
          )}
        />
      </SheetBlock>
    </>
  );
}
