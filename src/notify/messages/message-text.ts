import { spokenTime } from '../../config/spoken-time.js';
import { clinicalWords } from './clinical-words.js';
import { MESSAGE_TEXTS, MESSAGE_WORDS, type MessageKey, REMOTE_TEXTS } from './message-texts.js';

type Language = 'es' | 'en';

/** What fills the places of a text; what is absent is said in general words. */
export interface MessageFacts {
  /** Name of the destination. */
  readonly hospital?: string | undefined;
  /** Nothing may tell where to: the referral is labelled as sensitive. */
  readonly sensitive?: boolean;
  /** The visit is by telephone or video. */
  readonly remote?: boolean;
  /** FHIR instant. */
  readonly visit?: string | undefined;
  /** Code on the sheet. */
  readonly paperCode?: string | undefined;
  readonly number?: string | undefined;
  readonly link?: string | undefined;
}

const filled = (text: string, places: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_place, name: string) => places[name] ?? '');

/** Name of a facility as far as it may be said on a telephone that a family shares. */
function hospitalName({ hospital, sensitive }: MessageFacts, language: Language): string {
  const tells = hospital === undefined || sensitive === true || clinicalWords(hospital).length > 0;
  return tells ? MESSAGE_WORDS.theHospital[language] : hospital;
}

/** "a el", "de el" as one says them; the article comes with the general word only. */
const contracted = (text: string): string =>
  text.replace(/\b(a|de) el\b/g, (_both, word) => (word === 'a' ? 'al' : 'del'));

/** Two characters tell sheets of one family apart and leave the code as good as it was (ten characters of 31). */
const SHOWN = 2;

/** The words of a message, one line. */
export function messageText(key: MessageKey, facts: MessageFacts, language: Language): string {
  const { visit, remote, paperCode, number = '', link = '' } = facts;
  const said = (remote === true ? REMOTE_TEXTS[key] : undefined) ?? key;
  const sheet = paperCode === undefined ? '' : filled(MESSAGE_WORDS.sheet[language], { end: paperCode.slice(-SHOWN) });
  const text = filled(MESSAGE_TEXTS[said][language], {
    hospital: hospitalName(facts, language),
    visit: visit === undefined ? '' : spokenTime(visit, language),
    sheet,
    number,
    link,
  });
  return contracted(text.charAt(0).toUpperCase() + text.slice(1).trimEnd());
}

/** True when a text says when the visit is: it is worth nothing afterwards. */
export const tellsVisit = (key: MessageKey): boolean => MESSAGE_TEXTS[key].es.includes('{visit}');
