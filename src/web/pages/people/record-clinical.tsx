import type { Condition, Immunization, MedicationRequest, MedicationStatement, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { overdueDoses } from '../../../record/overdue-doses.js';
import { Notice } from '../../components/notice.js';
import { Table } from '../../components/table.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { RECORD } from '../../texts/people-record.js';

const ACTIVE: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse']);
const WRONG: ReadonlySet<string> = new Set(['entered-in-error', 'refuted']);

/** A problem that the person has now; one without a state counts as such until somebody says otherwise. */
const isActive = ({ clinicalStatus, verificationStatus }: Condition): boolean => {
  const state = clinicalStatus?.coding?.[0]?.code;
  return (
    (state === undefined || ACTIVE.has(state)) &&
    !(verificationStatus?.coding ?? []).some(({ code }) => WRONG.has(code ?? ''))
  );
};

interface Line {
  readonly text: string;
  readonly since?: string | undefined;
}

/** Lines that say the same are one, the earliest date stays. */
function distinct(lines: readonly Line[]): readonly Line[] {
  const found = new Map<string, Line>();
  for (const line of lines) {
    if (line.text === '') continue;
    const known = found.get(line.text);
    if (!known || (line.since ?? '9') < (known.since ?? '9')) found.set(line.text, line);
  }
  return [...found.values()];
}

function Lines({
  page,
  title,
  empty,
  lines,
}: {
  readonly page: PageContext;
  readonly title: string;
  readonly empty: string;
  readonly lines: readonly Line[];
}): VNode {
  const { say, language } = page;
  return (
    <>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul>
          {lines.map(({ text, since }) => (
            <li>{since === undefined ? text : say(RECORD.since, { text, date: dateText(since, language) })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Problems that the person has now. */
export function Problems({
  page,
  conditions,
}: {
  readonly page: PageContext;
  readonly conditions: readonly Condition[];
}): VNode {
  const lines = conditions.filter(isActive).map((condition) => ({
    text: conceptText(page, condition.code),
    since: condition.onsetDateTime ?? condition.recordedDate,
  }));
  return (
    <Lines page={page} title={page.say(RECORD.problems)} empty={page.say(RECORD.noProblems)} lines={distinct(lines)} />
  );
}

/** Medicines that the person takes now. */
export function Medicines({
  page,
  medicines,
}: {
  readonly page: PageContext;
  readonly medicines: readonly (MedicationStatement | MedicationRequest)[];
}): VNode {
  const lines = medicines
    .filter(({ status }) => status === 'active')
    .map((medicine) => {
      const dosage = medicine.resourceType === 'MedicationRequest' ? medicine.dosageInstruction : medicine.dosage;
      const name = conceptText(page, medicine.medicationCodeableConcept);
      const how = dosage?.[0]?.text;
      return { text: how === undefined ? name : `${name}: ${how}` };
    });
  return (
    <Lines
      page={page}
      title={page.say(RECORD.medicines)}
      empty={page.say(RECORD.noMedicines)}
      lines={distinct(lines)}
    />
  );
}

/** Vaccines given, and for a child under five what the national schedule expects beside them. */
export function Vaccines({
  page,
  patient,
  vaccines,
}: {
  readonly page: PageContext;
  readonly patient: Patient;
  readonly vaccines: readonly Immunization[];
}): VNode {
  const { say, language } = page;
  const given = vaccines.filter(({ status }) => status === 'completed');
  const overdue = overdueDoses(patient, vaccines);
  const names = [...new Set(given.map(({ vaccineCode }) => conceptText(page, vaccineCode)))].sort();
  const rows = names.map((name) => {
    const doses = given.filter(({ vaccineCode }) => conceptText(page, vaccineCode) === name);
    const last =
      doses
        .map(({ occurrenceDateTime = '' }) => occurrenceDateTime)
        .sort()
        .at(-1) ?? '';
    return [name, doses.length, last === '' ? '' : dateText(last, language)];
  });
  return (
    <>
      <h2>{say(RECORD.vaccines)}</h2>
      {overdue.length > 0 && (
        <Notice kind="warn">
          <h3 class="rr-notice__title">{say(RECORD.overdue)}</h3>
          <ul>
            {overdue.map(({ vaccine, dose, due }) => (
              <li>{say(RECORD.overdueDose, { vaccine: vaccine.display, dose, date: dateText(due, language) })}</li>
            ))}
          </ul>
          <p>{say(RECORD.overdueText)}</p>
        </Notice>
      )}
      {rows.length === 0 ? (
        <p>{say(RECORD.noVaccines)}</p>
      ) : (
        <details class="rr-fold">
          <summary>
            {say(RECORD.givenVaccines)} ({given.length})
          </summary>
          <Table
            caption={say(RECORD.givenVaccines)}
            columns={[
              { name: say(RECORD.vaccine) },
              { name: say(RECORD.doses), numeric: true },
              { name: say(RECORD.lastDose) },
            ]}
            rows={rows}
          />
        </details>
      )}
    </>
  );
}
