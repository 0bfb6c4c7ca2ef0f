import type { Extension } from '@medplum/fhirtypes';
import type { ComponentChildren, VNode } from 'preact';
import { codeSystemUrl, extensionUrl } from '../../../../config/canonical.js';
import { localTarget } from '../../../../fhir/references.js';
import { isInterconsulta } from '../../../../referral/hc10/hc10-order.js';
import { timelineRow } from '../../../../record/timeline-rows.js';
import type { Words } from '../../../../words.js';
import { Facts } from '../../../components/facts.js';
import { URGENCY, UrgencyTag } from '../../../components/referral-tags.js';
import { dateText, timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { codingText, conceptText } from '../../../resources/coded-text.js';
import { observationTexts } from '../../../resources/observation-text.js';
import { DIRECTORY } from '../../../texts/directory.js';
import { SHEET } from '../../../texts/hc10-sheet.js';
import { REFERRAL } from '../../../texts/referral.js';
import { actorName } from '../actor-name.js';
import type { ReferralView } from '../referral-view.js';

interface SectionProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

type Part = (props: SectionProps) => ComponentChildren;

const extension = ({ view }: SectionProps, id: string): Extension | undefined =>
  view.order.extension?.find(({ url }) => url === extensionUrl(id));

const codedExtension =
  (id: string): Part =>
  (props) => {
    const concept = extension(props, id)?.valueCodeableConcept;
    const texts = [codingText(props.page, concept?.coding?.[0]), concept?.text ?? ''];
    return [...new Set(texts)].filter((text) => text !== '').join(': ');
  };

/** Words of the parts of a complex extension, in its order; times as people read them, references left out. */
function partTexts(
  { language }: PageContext,
  { extension: parts = [] }: Extension,
): readonly (readonly [string, string])[] {
  return parts.flatMap(({ url, valueString, valueDateTime }) => {
    const text = valueString ?? (valueDateTime === undefined ? undefined : timeText(valueDateTime, language));
    return text === undefined ? [] : [[url, text] as const];
  });
}

function priorContact(props: SectionProps): ComponentChildren {
  const found = extension(props, 'prior-contact');
  if (!found) return undefined;
  const contacted = found.extension?.find(({ url }) => url === 'contacted')?.valueBoolean === true;
  const { say } = props.page;
  const told = say(contacted ? REFERRAL.contactedYes : REFERRAL.contactedNo);
  return [told, ...partTexts(props.page, found).map(([, text]) => text)].join(' · ');
}

function companions({ page, view }: SectionProps): ComponentChildren {
  const found = (view.order.extension ?? []).filter(({ url }) => url === extensionUrl('companion'));
  return found.map((one) => (
    <div>
      {partTexts(page, one)
        .map(([, text]) => text)
        .join(' · ')}
    </div>
  ));
}

function urgency(props: SectionProps): ComponentChildren {
  const { view, page } = props;
  const sent = view.order.priority ?? 'routine';
  const now = view.leg?.priority ?? sent;
  return (
    <>
      <UrgencyTag priority={now} /> {extension(props, 'urgency-justification')?.valueString}
      {now !== sent && <div>{page.say(REFERRAL.sentAs, { priority: page.say(URGENCY[sent]) })}</div>}
    </>
  );
}

const purposes: Part = ({ page, view }) =>
  (view.order.reasonCode ?? [])
    .flatMap(({ coding = [] }) => coding.filter(({ system }) => system === codeSystemUrl('referral-purpose')))
    .map((coding) => codingText(page, coding))
    .join(', ');

const paragraphs = (texts: readonly (string | undefined)[]): ComponentChildren =>
  texts.flatMap((text) => (text === undefined ? [] : [<div class="rr-lines">{text}</div>]));

function diagnoses({ page, view }: SectionProps): ComponentChildren {
  const found = (view.order.reasonReference ?? []).flatMap((reference) => view.find('Condition', reference) ?? []);
  return found.map(({ code }) => {
    const [coding] = code?.coding ?? [];
    const text = conceptText(page, code);
    return <div>{coding?.code === undefined || text.includes(coding.code) ? text : `${coding.code} ${text}`}</div>;
  });
}

/** What of the record was sent along and has no place of its own. */
function fromRecord({ view, page }: SectionProps): ComponentChildren {
  const own = new Set(['Observation', 'AllergyIntolerance', 'DocumentReference', 'ServiceRequest']);
  return (view.order.supportingInfo ?? []).flatMap((reference) => {
    const found = view.any(reference);
    const row = found && !own.has(found.resourceType) ? timelineRow(found) : undefined;
    return row ? [<div>{`${row.text} (${dateText(row.date, page.language)})`}</div>] : [];
  });
}

const attachments: Part = ({ view }) =>
  view
    .all('DocumentReference')
    .filter(({ id }) =>
      (view.order.supportingInfo ?? []).some(({ reference }) => reference === `DocumentReference/${id}`),
    )
    .map(({ id, description, content }) => (
      <div>
        <a href={`/referencias/${view.order.id}/adjuntos/${id}`}>{description ?? content[0]?.attachment.title ?? id}</a>
      </div>
    ));

/** Studies that the origin asks for, as orders of their own. */
const studies: Part = ({ page, view }) =>
  (view.order.supportingInfo ?? []).flatMap((reference) => {
    const found = view.find('ServiceRequest', reference);
    return found ? [<div>{conceptText(page, found.code)}</div>] : [];
  });

/** The parts of form HC-10, in its order (LN23:2019, annex 2); what was left empty does not appear. */
const PARTS: readonly (readonly [Words, Part])[] = [
  [
    REFERRAL.kind,
    ({ page, view }) =>
      isInterconsulta(view.order) ? page.say(SHEET.keeps, { place: view.facilityName(view.sides.origin) }) : undefined,
  ],
  [REFERRAL.urgency, urgency],
  [DIRECTORY.routingReason, (props) => extension(props, 'routing-reason')?.valueString],
  [REFERRAL.specialty, ({ page, view }) => conceptText(page, view.order.performerType)],
  [REFERRAL.care, codedExtension('care-requested')],
  [REFERRAL.purpose, purposes],
  [REFERRAL.summary, ({ view }) => paragraphs((view.order.reasonCode ?? []).map(({ text }) => text))],
  [REFERRAL.notes, ({ view }) => paragraphs((view.order.note ?? []).map(({ text }) => text))],
  [REFERRAL.diagnosis, diagnoses],
  [REFERRAL.risk, codedExtension('risk')],
  [REFERRAL.record, fromRecord],
  [REFERRAL.studies, studies],
  [REFERRAL.attachments, attachments],
  [REFERRAL.companion, companions],
  [REFERRAL.priorContact, priorContact],
  [REFERRAL.transport, codedExtension('transport')],
  [REFERRAL.instructions, ({ view }) => view.order.patientInstruction],
  [REFERRAL.from, ({ view }) => `${view.facilityName(view.sides.origin)} · ${actorName(view, view.order.requester)}`],
  [
    REFERRAL.to,
    ({ view }) =>
      view.facilityName(view.sides.destination ?? localTarget(view.order.performer?.[0]?.reference ?? '')?.id),
  ],
  [REFERRAL.written, ({ page, view }) => view.order.authoredOn && timeText(view.order.authoredOn, page.language)],
];

const isEmpty = (part: ComponentChildren): boolean =>
  part === undefined || part === null || part === '' || (Array.isArray(part) && part.length === 0);

/** Signs and results; the moment stands once when it is the same for all. */
function Measured({ page, view }: SectionProps): VNode {
  const { say, language } = page;
  const supporting = (view.order.supportingInfo ?? []).flatMap((one) => view.find('Observation', one) ?? []);
  const rows = supporting.flatMap((one) => observationTexts(page, one));
  return (
    <>
      {([true, false] as const).map((vital) => {
        const some = rows.filter((row) => row.vital === vital);
        const times = [...new Set(some.flatMap(({ at }) => (at === undefined ? [] : [timeText(at, language)])))];
        const name = say(vital ? REFERRAL.vitals : REFERRAL.results);
        return (
          some.length > 0 && (
            <>
              <h3>{times.length === 1 ? `${name}, ${times[0] ?? ''}` : name}</h3>
              <Facts
                facts={some.map((row) => ({
                  name: row.name,
                  value:
                    times.length > 1 && row.at !== undefined
                      ? `${row.value} (${timeText(row.at, language)})`
                      : row.value,
                }))}
              />
            </>
          )
        );
      })}
    </>
  );
}

function Handover(props: SectionProps): VNode | null {
  const found = extension(props, 'handover');
  const { say } = props.page;
  if (!found) return null;
  const named = (url: string): string => {
    const words: Words | undefined = url in REFERRAL ? REFERRAL[url as keyof typeof REFERRAL] : undefined;
    return words ? say(words) : url;
  };
  return (
    <>
      <h3>{say(REFERRAL.handover)}</h3>
      <Facts facts={partTexts(props.page, found).map(([url, value]) => ({ name: named(url), value }))} />
    </>
  );
}

/** What is asked, large; it stands first wherever the referral is read. */
export function Question(props: SectionProps): VNode {
  const { say } = props.page;
  const question = extension(props, 'clinical-question')?.valueString;
  return (
    <>
      <h2>{say(REFERRAL.question)}</h2>
      <p class={question === undefined ? 'rr-quiet' : 'rr-asked'}>{question ?? say(REFERRAL.noQuestion)}</p>
    </>
  );
}

/** The referral as form HC-10 has it. */
export function OrderFacts(props: SectionProps): VNode {
  const { say } = props.page;
  const facts = PARTS.map(([words, part]) => ({ name: say(words), value: part(props) }));
  return (
    <>
      <Handover {...props} />
      <Facts facts={facts.filter(({ value }) => !isEmpty(value))} />
      <Measured {...props} />
    </>
  );
}
