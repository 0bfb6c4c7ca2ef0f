import { shortCodeText } from '../../../access/short-code.js';
import { patientTime } from '../../dates.js';
import { codeChoices } from '../../resources/code-choices.js';
import { conceptText } from '../../resources/coded-text.js';
import { SHEET, TAKE_HOME } from '../../texts/hc10-sheet.js';
import type { ReferralView } from '../referral/referral-view.js';
import type { BackPart } from './sheet.js';
import type { SheetData } from './sheet-data.js';
import type { SheetTerms } from './sheet-terms.js';

/** Address of the page that follows a referral with the code filled in. */
export const followAddress = (publicUrl: string, code: string): string => `${publicUrl}/seguir?codigo=${code}`;

interface Scene {
  readonly terms: SheetTerms;
  readonly referral: ReferralView;
  readonly data: SheetData;
}

const heading = (text: string): BackPart => ({ kind: 'heading', text });
const text = (words: string): BackPart => ({ kind: 'text', text: words });
const strong = (words: string): BackPart => ({ kind: 'text', text: words, strong: true });

function follow({ terms: { say, services }, data: { paper } }: Scene): readonly BackPart[] {
  if (!paper) return [];
  const { publicUrl } = services;
  return [
    heading(say(TAKE_HOME.follow)),
    {
      kind: 'follow',
      address: followAddress(publicUrl, paper.code),
      label: say(TAKE_HOME.qr),
      code: shortCodeText(paper.code),
      how: say(TAKE_HOME.followText, { address: `${publicUrl}/seguir` }),
      asks: paper.pin === undefined ? say(TAKE_HOME.birth) : say(TAKE_HOME.pin, { pin: paper.pin }),
    },
  ];
}

/** Number, facility and network, and where the sheet goes: the head of the norm's back page. */
function head({ terms, data }: Scene): readonly BackPart[] {
  const { say } = terms;
  const { numero = '' } = data.values;
  const network = data.from.network === undefined ? [] : [data.from.network];
  const to =
    data.kind === 'respuesta' ? TAKE_HOME.answerTo : data.interconsulta ? TAKE_HOME.adviceTo : TAKE_HOME.referralTo;
  const { especialidad } = data.values;
  const place = [data.to.name, ...(data.kind === 'referencia' && especialidad !== undefined ? [especialidad] : [])];
  return [
    text([`${say(SHEET.number)} ${numero}`, data.from.name, ...network].join(' · ')),
    text(`${say(to)}: ${place.join(' · ')}`),
    {
      kind: 'boxes',
      label: say(TAKE_HOME.purpose),
      boxes: codeChoices(terms, 'referral-purpose').map(({ value, text: name }) => ({
        text: name,
        ticked: data.motives.includes(value),
      })),
    },
  ];
}

function whenText({ terms: { say, language }, referral, data }: Scene): string {
  if (data.appointment) return say(TAKE_HOME.booked, { when: patientTime(data.appointment.start, language) });
  if (data.interconsulta) return say(TAKE_HOME.whenAdvice);
  return say(referral.order.priority === 'stat' ? TAKE_HOME.now : TAKE_HOME.waiting);
}

/** Where the patient goes with a referencia, when, and with what. */
function referralBody(scene: Scene): readonly BackPart[] {
  const { terms, referral, data } = scene;
  const { say } = terms;
  const service = conceptText(terms, referral.order.performerType);
  return [
    text(say(data.interconsulta ? TAKE_HOME.helloAdvice : TAKE_HOME.hello)),
    heading(say(TAKE_HOME.where)),
    strong(data.to.name),
    ...(data.to.address === '' ? [] : [text(data.to.address)]),
    text(say(TAKE_HOME.ask, { service })),
    heading(say(TAKE_HOME.when)),
    strong(whenText(scene)),
    heading(say(TAKE_HOME.bring)),
    {
      kind: 'items',
      items: [TAKE_HOME.bringSheet, TAKE_HOME.bringIdentity, TAKE_HOME.bringMedicines].map((words) => say(words)),
    },
  ];
}

/** What the patient takes home with a respuesta: the message of the clinician first. */
function answerBody({ terms: { say }, data }: Scene): readonly BackPart[] {
  const { 'mensaje-paciente': message, 'senales-alarma': warning, 'proxima-cita': next } = data.values;
  return [
    text(say(TAKE_HOME.helloAnswer)),
    ...(message === undefined ? [] : [heading(say(TAKE_HOME.message)), strong(message)]),
    heading(say(TAKE_HOME.where)),
    strong(data.to.name),
    ...(data.to.address === '' ? [] : [text(data.to.address)]),
    heading(say(TAKE_HOME.when)),
    strong(next ?? say(TAKE_HOME.whenAnswer)),
    ...(warning === undefined ? [] : [heading(say(TAKE_HOME.warning)), text(warning)]),
  ];
}

/** Back page for the patient, large and in plain words (LN23:2019 annex 2, back page): where, when, what to bring. */
export function backParts(terms: SheetTerms, referral: ReferralView, data: SheetData): readonly BackPart[] {
  const scene = { terms, referral, data };
  const { say } = terms;
  const clinic = data.kind === 'respuesta' ? data.to : data.from;
  return [
    heading(say(TAKE_HOME.title)),
    ...head(scene),
    ...(data.kind === 'respuesta' ? answerBody(scene) : referralBody(scene)),
    heading(say(TAKE_HOME.worse)),
    text(say(TAKE_HOME.worseText)),
    ...follow(scene),
    text(say(TAKE_HOME.clinic, { place: clinic.name })),
  ];
}
