import type { Organization } from '@medplum/fhirtypes';
import { spokenTime } from '../../config/spoken-time.js';
import { asSentences, facilityWords } from '../../referral/facility-words.js';
import type { Words } from '../../words.js';
import { clinicalWords } from './clinical-words.js';
import { INSTEAD_TEXTS, MESSAGE_TEXTS, MESSAGE_WORDS, type MessageKey } from './message-texts.js';

type Language = 'es' | 'en';

/** What fills the places of a text; what is absent is said in general words. */
export interface MessageFacts {
  /** Name of the destination. */
  readonly hospital?: string | undefined;
  /** What people call one of its kind. */
  readonly kind?: Words | undefined;
  /** Telephone of the destination. */
  readonly phone?: string | undefined;
  /** Telephone of the health centre that sent the referral. */
  readonly originPhone?: string | undefined;
  /** Nothing may tell where to: the referral is labelled as sensitive. */
  readonly sensitive?: boolean;
  /** The visit is by telephone or video. */
  readonly remote?: boolean;
  /** Advice is asked for, and no visit is coming. */
  readonly advice?: boolean;
  /** The visit is on the day on which this is said. */
  readonly today?: boolean;
  /** The person came by themselves: no health centre sent them. */
  readonly own?: boolean;
  /** FHIR instant. */
  readonly visit?: string | undefined;
  /** Code on the sheet. */
  readonly paperCode?: string | undefined;
  readonly number?: string | undefined;
  readonly link?: string | undefined;
}

const filled = (text: string, places: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_place, name: string) => places[name] ?? '');

/** Telephone that a facility gives to people. */
export const phoneOf = (facility: Pick<Organization, 'telecom'> | undefined): string | undefined =>
  facility?.telecom?.find(({ system }) => system === 'phone')?.value;

const KIND: Words = facilityWords(undefined);

/** May the name of the destination be said on a telephone that a family shares? */
const isSayable = ({ hospital, sensitive }: MessageFacts): boolean =>
  hospital !== undefined && sensitive !== true && clinicalWords(hospital).length === 0;

/** Which text is said for a key: the first of those that stand in its place, else its own. */
const saidKey = (key: MessageKey, facts: MessageFacts): MessageKey =>
  (['remote', 'advice', 'today', 'own'] as const)
    .map((when) => (facts[when] === true ? INSTEAD_TEXTS[when][key] : undefined))
    .find((instead) => instead !== undefined) ?? key;

/** Whom to call, with the telephone: the destination where it may be named, else the health centre. */
function callWords(facts: MessageFacts): Words {
  if (facts.phone !== undefined && isSayable(facts)) return MESSAGE_WORDS.callPhone;
  return facts.originPhone === undefined ? MESSAGE_WORDS.callNone : MESSAGE_WORDS.callOrigin;
}

/** Two characters tell sheets of one family apart and leave the code as good as it was (ten characters of 31). */
const SHOWN = 2;

/** The words of a message, one line. */
export function messageText(key: MessageKey, facts: MessageFacts, language: Language): string {
  const { visit, paperCode, number = '', link = '', phone = '', originPhone = '', kind = KIND } = facts;
  const hospital = isSayable(facts) ? (facts.hospital ?? '') : kind[language];
  const sheet = paperCode === undefined ? '' : filled(MESSAGE_WORDS.sheet[language], { end: paperCode.slice(-SHOWN) });
  const text = filled(MESSAGE_TEXTS[saidKey(key, facts)][language], {
    hospital,
    facility: kind[language],
    call: filled(callWords(facts)[language], { hospital, phone, originPhone }),
    visit: visit === undefined ? '' : spokenTime(visit, language),
    sheet,
    number,
    link,
  });
  return asSentences(text.trimEnd());
}

/** True when a text says when the visit is: it is worth nothing afterwards. */
export const tellsVisit = (key: MessageKey): boolean => MESSAGE_TEXTS[key].es.includes('{visit}');
