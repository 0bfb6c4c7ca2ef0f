import { codeSystemUrl } from '../../../config/canonical.js';
import { ALL_HC10_BLOCKS, HC10_BLOCKS, type Hc10Block } from '../../../referral/hc10/hc10-field.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, hc10Row } from '../../../referral/hc10/hc10-fields.js';
import { JUDGEMENT_WORDS } from '../../../referral/hc10/judgement-words.js';
import type { Words } from '../../../words.js';
import { URGENCY } from '../../components/referral-tags.js';
import { dateText, timeText } from '../../dates.js';
import { codeChoices } from '../../resources/code-choices.js';
import { codingText } from '../../resources/coded-text.js';
import { ANSWER_BLOCK_TITLES, ANSWER_LABELS, SHEET, SHEET_LABELS } from '../../texts/hc10-sheet.js';
import type { ReferralView } from '../referral/referral-view.js';
import type { Sheet, SheetBox, SheetPart, SheetSection } from './sheet.js';
import { backParts } from './sheet-back-model.js';
import type { SheetData } from './sheet-data.js';
import { ATTACHED, BOXES, ELSEWHERE, isWide, NO_LINE, ON_PAPER, TOGETHER } from './sheet-layout.js';
import type { SheetTerms } from './sheet-terms.js';

interface Drawing {
  readonly terms: SheetTerms;
  readonly data: SheetData;
}

/** A value as the paper shows it: codes by their names, moments and days in words. */
function shownValue({ terms, data }: Drawing, field: Hc10Field): string | undefined {
  const { language, say } = terms;
  const text = data.values[field];
  if (text === undefined) return undefined;
  const { kind, system } = hc10Row(field);
  if (field === 'prioridad') return say(URGENCY[text as keyof typeof URGENCY]);
  if (field === 'pa-sistolica') return `${text}/${data.values['pa-diastolica'] ?? ''}`;
  if (kind === 'moment') return timeText(text, language);
  if (kind === 'day') return dateText(text, language);
  if (kind === 'yes-no') return say(text === 'true' ? SHEET.yes : SHEET.no);
  if (kind !== 'code' && kind !== 'codes') return text;
  if (system === undefined || field === 'especialidad') return text;
  const names = text.split(' ').map((code) => codingText(terms, { system: codeSystemUrl(system), code }));
  return names.join(', ');
}

/** What a field is called on this sheet. */
function labelOf({ terms, data }: Drawing, field: Hc10Field): string {
  if (field === 'oportuna' || field === 'justificada') return terms.say(JUDGEMENT_WORDS[data.print][field]);
  if (field === 'pa-sistolica') return terms.say(SHEET.pressure);
  const row = hc10Row(field);
  const answer: Words | undefined = data.kind === 'respuesta' ? ANSWER_LABELS[field] : undefined;
  return terms.say(answer ?? SHEET_LABELS[field] ?? { es: row.es, en: row.en });
}

/** Codes of a field as boxes, those that hold ticked; the names of what is shown count as well as their codes. */
function boxesOf({ terms, data }: Drawing, field: Hc10Field): readonly SheetBox[] {
  const { kind, system = '' } = hc10Row(field);
  const value = data.values[field];
  if (kind === 'yes-no') {
    const answers = [
      [SHEET.yes, 'true'],
      [SHEET.no, 'false'],
    ] as const;
    return answers.map(([words, answer]) => ({ text: terms.say(words), ticked: value === answer }));
  }
  const ticked = field === 'motivo' ? data.motives : [value ?? ''];
  return codeChoices(terms, system).map(({ value: code, text }) => ({
    text,
    ticked: ticked.includes(code) || ticked.includes(text),
  }));
}

/** Boxes that say by themselves what they are about need no label. */
const UNLABELLED: ReadonlySet<Hc10Field> = new Set(['motivo', 'riesgo']);

function partOf(drawing: Drawing, field: Hc10Field): readonly SheetPart[] {
  const { block } = hc10Row(field);
  const value = shownValue(drawing, field);
  if (TOGETHER.has(field)) return [];
  if (BOXES.has(field)) {
    const label = UNLABELLED.has(field) ? {} : { label: labelOf(drawing, field) };
    return [{ kind: 'boxes', ...label, boxes: boxesOf(drawing, field) }];
  }
  if (value === undefined && (!ON_PAPER.has(block) || NO_LINE.has(field))) return [];
  const cell = { kind: 'cell', label: labelOf(drawing, field), wide: isWide(field) } as const;
  return [value === undefined ? cell : { ...cell, value }];
}

/** Lists of the block `results` beside its fields. */
function listParts({ terms, data }: Drawing, block: Hc10Block): readonly SheetPart[] {
  if (block !== 'results') return [];
  const list = (words: Words, lines: readonly string[]): readonly SheetPart[] =>
    lines.length === 0 ? [] : [{ kind: 'cell', label: terms.say(words), value: lines.join('; '), wide: true }];
  return [...list(SHEET.attached, data.attached), ...list(SHEET.asked, data.asked)];
}

const isFilled = ({ data }: Drawing, block: Hc10Block): boolean =>
  ALL_HC10_FIELDS.some((field) => {
    const row = hc10Row(field);
    return row.block === block && row.kind !== 'shown' && data.values[field] !== undefined;
  });

function sectionOf(drawing: Drawing, block: Hc10Block): SheetSection {
  const { terms, data } = drawing;
  const fields = ALL_HC10_FIELDS.filter(
    (field) => hc10Row(field).block === block && (data.kind === 'referencia' || answerPlace(field) !== undefined),
  );
  const title = (data.kind === 'respuesta' ? ANSWER_BLOCK_TITLES[block] : undefined) ?? HC10_BLOCKS[block];
  return {
    title: terms.say(title),
    parts: [...fields.flatMap((field) => partOf(drawing, field)), ...listParts(drawing, block)],
  };
}

/** Blocks of the sheet in the order of the norm; a man has no gynaecological block. */
function blocksOf(drawing: Drawing, referral: ReferralView): readonly Hc10Block[] {
  const isMan = referral.patient?.gender === 'male';
  return ALL_HC10_BLOCKS.filter((block) => {
    if (ELSEWHERE.has(block)) return false;
    if (block === 'obstetric' && isMan && !isFilled(drawing, block)) return false;
    return ON_PAPER.has(block) || isFilled(drawing, block);
  });
}

function marksOf({ terms: { say }, data }: Drawing): readonly SheetBox[] {
  return [
    { text: say(SHEET.referral), ticked: data.kind === 'referencia' && !data.interconsulta },
    { text: say(SHEET.answer), ticked: data.kind === 'respuesta' },
    ...(data.interconsulta ? [{ text: say(SHEET.interconsulta), ticked: data.kind === 'referencia' }] : []),
  ];
}

/** The sheet of a referral, or of the answer to it. */
export function sheetModel(terms: SheetTerms, referral: ReferralView, data: SheetData): Sheet {
  const drawing = { terms, data };
  const { say, language } = terms;
  const { number } = referral;
  const blocks = blocksOf(drawing, referral);
  const sections = (attached: boolean): readonly SheetSection[] =>
    blocks
      .filter((block) => ATTACHED.has(block) === attached)
      .map((block) => sectionOf(drawing, block))
      .filter(({ parts }) => parts.length > 0);
  const origin = data.kind === 'referencia' ? data.from : data.to;
  return {
    language,
    title: say(data.kind === 'respuesta' ? SHEET.answerTitle : SHEET.title, { number }),
    form: say(SHEET.form),
    number: `${say(SHEET.number)} ${number}`,
    marks: marksOf(drawing),
    ...(data.interconsulta ? { notice: say(SHEET.keeps, { place: origin.name }) } : {}),
    front: sections(false),
    attached: sections(true),
    back: backParts(terms, referral, data),
  };
}
