import type { Composition } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import type { Words } from '../../../../words.js';
import { codeSystemUrl, extensionUrl } from '../../../../config/canonical.js';
import { ANSWER_SECTIONS, type AnswerSectionCode } from '../../../../referral/answer-section.js';
import { narrativeLines } from '../../../../referral/narrative-text.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { hasCoding } from '../../../../referral/vocabulary.js';
import { Facts, type Fact } from '../../../components/facts.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { codingText, conceptText } from '../../../resources/coded-text.js';
import { SHEET } from '../../../texts/hc10-sheet.js';
import { REFERRAL } from '../../../texts/referral.js';
import { SHEET_READERS } from '../../hc10/sheet-readers.js';
import { actorName } from '../actor-name.js';
import { datedItems } from '../dated-items.js';
import { planItemText } from '../plan-item-text.js';
import type { ReferralView } from '../referral-view.js';
import { hasIo } from '../task-rows.js';
import { DatedItems } from './dated-items.js';

interface SectionProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

const SECTION = codeSystemUrl('respuesta-section');
const CODES = Object.keys(ANSWER_SECTIONS) as readonly AnswerSectionCode[];

/** The answer, or the interim one while there is no other. */
const answerReference = ({ leg }: ReferralView): string | undefined =>
  leg && (lastOutput(leg, 'respuesta') ?? lastOutput(leg, 'interim'));

/** The respuesta of the referral, when the caller may see it. */
const answerOf = (view: ReferralView): Composition | undefined => view.find('Composition', answerReference(view));

/** Title of an answer by its status: an interim one and a corrected one say so. */
const titleOf = ({ status }: Composition): Words =>
  status === 'preliminary' ? REFERRAL.interimAnswer : status === 'amended' ? REFERRAL.amendedAnswer : REFERRAL.answer;

/** Who keeps the patient after advice. */
function responsible({ page, view }: SectionProps, answer: Composition): readonly Fact[] {
  const who = answer.extension?.find(({ url }) => url === extensionUrl('responsible'))?.valueReference;
  const name = actorName(view, who);
  return name === '' ? [] : [{ name: page.say(REFERRAL.responsible), value: name }];
}

/** Lines of one section. */
export const sectionLines = (answer: Composition | undefined, code: AnswerSectionCode): readonly string[] =>
  narrativeLines(answer?.section?.find((section) => hasCoding(section.code, SECTION, code))?.text?.div);

/** What the respuesta tells the patient, as it was written; none when there is no answer. */
export const patientMessage = (view: ReferralView): readonly string[] =>
  sectionLines(answerOf(view), 'patient-message');

function judgements({ page, view }: SectionProps): readonly Fact[] {
  return (['oportuna', 'justificada'] as const).flatMap((name) => {
    const code = view.leg?.extension?.find(({ url }) => url === extensionUrl(name))?.valueCode;
    return code === undefined
      ? []
      : [{ name: page.say(REFERRAL[name]), value: codingText(page, { system: codeSystemUrl('judgement'), code }) }];
  });
}

/** The respuesta, sections in the order of the norm, then the judgement of who received. */
export function Answer({ page, view }: SectionProps): VNode | null {
  const { say, language } = page;
  if (answerReference(view) === undefined) return null;
  const answer = answerOf(view);
  if (!answer)
    return (
      <>
        <h2>{say(REFERRAL.answer)}</h2>
        <p class="rr-quiet">{say(REFERRAL.answerHidden)}</p>
      </>
    );
  const disposition = answer.extension?.find(({ url }) => url === extensionUrl('disposition'))?.valueCodeableConcept;
  const by = [actorName(view, answer.author[0]), actorName(view, answer.custodian)].filter((name) => name !== '');
  const facts: Fact[] = CODES.flatMap((code) => {
    const lines = sectionLines(answer, code);
    const name = codingText(page, { system: SECTION, code, display: ANSWER_SECTIONS[code] });
    return lines.length === 0 ? [] : [{ name, value: lines.map((line) => <div>{line}</div>) }];
  });
  return (
    <section class="rr-box" aria-labelledby="respuesta">
      <h2 id="respuesta">{say(titleOf(answer))}</h2>
      <p>{say(REFERRAL.answerBy, { who: by.join(' · '), when: timeText(answer.date, language) })}</p>
      <Facts
        facts={[
          ...facts,
          { name: say(REFERRAL.disposition), value: conceptText(page, disposition) },
          ...responsible({ page, view }, answer),
          ...judgements({ page, view }),
        ]}
      />
      {SHEET_READERS.includes(page.signedIn().role) && (
        <p>
          <a href={`/referencias/${view.order.id}/hoja?de=respuesta`}>{say(SHEET.toAnswer)}</a>
        </p>
      )}
    </section>
  );
}

/** Points of the plan that the origin carries out, and what came of them; nothing before the answer was read. */
export function FollowUp({ page, view }: SectionProps): VNode | null {
  const { say } = page;
  const task = view.sideTasks('follow-up').at(-1);
  if (!task) return null;
  const items = (task.input ?? []).filter(hasIo('plan-item'));
  const done = (task.output ?? []).filter(hasIo('plan-item'));
  const dated = datedItems(view);
  const outcome = (task.output ?? []).find(hasIo('outcome'))?.valueCodeableConcept;
  return (
    <>
      <h2>{say(REFERRAL.followUp)}</h2>
      {done.length > 0 ? (
        <Facts
          facts={done.map(({ type, valueBoolean, valueString = '' }) => ({
            name: type.text ?? '',
            value: valueBoolean === true ? say(REFERRAL.done) : say(REFERRAL.notDone, { reason: valueString }),
          }))}
        />
      ) : items.length > 0 ? (
        <>
          {!outcome && <p>{say(REFERRAL.followUpText)}</p>}
          <ul>
            {items.map((item) => (
              <li>{planItemText(view, item)}</li>
            ))}
          </ul>
        </>
      ) : (
        dated.length === 0 && <p>{say(REFERRAL.noPlanItems)}</p>
      )}
      <DatedItems page={page} view={view} items={dated} />
      {outcome && <Facts facts={[{ name: say(REFERRAL.outcome), value: conceptText(page, outcome) }]} />}
    </>
  );
}
