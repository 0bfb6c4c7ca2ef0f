import type { AllergyIntolerance, CodeableConcept, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { deniesAllergies } from '../../../config/no-known-allergies.js';
import { allergiesInForce, stands } from '../../../config/standing-facts.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle } from '../../resources/in-bundle.js';
import { RECORD } from '../../texts/patient-record.js';
import { Entries, type Entry, newestFirst } from './entries.js';
import { illnessWords } from './illness-words.js';
import type { OwnRecord } from './own-record.js';

const codeIs = (concept: CodeableConcept | undefined, ...codes: readonly string[]): boolean =>
  (concept?.coding ?? []).some(({ code = '' }) => codes.includes(code));

/** Medical name, out of the way until somebody wants it. */
function MedicalName({ name }: { readonly name: string }): VNode {
  const say = useSay();
  return (
    <details>
      <summary>{say(RECORD.doctorName)}</summary>
      {name}
    </details>
  );
}

/** The parts of the summary, ready to be shown. */
export interface Summary {
  readonly allergies: readonly Entry[];
  /** Somebody asked, and there are none. */
  readonly askedNone: readonly Entry[];
  readonly problems: readonly Entry[];
  readonly medicines: readonly Entry[];
}

function medicineEntry(
  page: PageContext,
  { placeOf }: OwnRecord,
  medicine: MedicationRequest | MedicationStatement,
): Entry {
  const request = medicine.resourceType === 'MedicationRequest';
  const dosage = request ? medicine.dosageInstruction?.[0]?.text : medicine.dosage?.[0]?.text;
  return {
    what: conceptText(page, medicine.medicationCodeableConcept),
    at: request ? medicine.authoredOn : (medicine.effectivePeriod?.start ?? medicine.effectiveDateTime),
    place: placeOf(medicine),
    ...(dosage === undefined ? {} : { more: <span> {dosage}</span> }),
  };
}

/** Allergies, problems and medicines that stand now. */
export function summaryOf(page: PageContext, record: OwnRecord): Summary {
  const { bundle, placeOf } = record;
  const allergies = allergiesInForce(inBundle(bundle, 'AllergyIntolerance'));
  const entryOf = (allergy: AllergyIntolerance): Entry => ({
    what: deniesAllergies(allergy) ? page.say(RECORD.askedNone) : conceptText(page, allergy.code),
    at: allergy.recordedDate,
    place: placeOf(allergy),
  });
  const conditions = inBundle(bundle, 'Condition').filter(
    (one) => stands(one) && !codeIs(one.clinicalStatus, 'inactive', 'resolved', 'remission'),
  );
  const medicines = [...inBundle(bundle, 'MedicationRequest'), ...inBundle(bundle, 'MedicationStatement')];
  return {
    allergies: newestFirst(allergies.filter((one) => !deniesAllergies(one)).map(entryOf)),
    askedNone: newestFirst(allergies.filter(deniesAllergies).map(entryOf)),
    problems: newestFirst(
      conditions.map((condition) => ({
        what: page.say(illnessWords(condition.code)),
        at: condition.recordedDate,
        place: placeOf(condition),
        more: <MedicalName name={conceptText(page, condition.code)} />,
      })),
    ),
    medicines: newestFirst(
      medicines.filter(({ status }) => status === 'active').map((one) => medicineEntry(page, record, one)),
    ),
  };
}

function Allergies({ allergies, askedNone }: Pick<Summary, 'allergies' | 'askedNone'>): VNode {
  const say = useSay();
  if (allergies.length > 0)
    return (
      <>
        <Entries entries={allergies} />
        <p>{say(RECORD.allergyTell)}</p>
      </>
    );
  if (askedNone.length > 0) return <Entries entries={askedNone.slice(0, 1)} />;
  return (
    <p>
      <strong>{say(RECORD.noAllergies)}</strong> {say(RECORD.noAllergiesText)}
    </p>
  );
}

/** Allergies first, then problems and medicines; what is missing is said in words. */
export function SummarySections({ summary }: { readonly summary: Summary }): VNode {
  const say = useSay();
  const { problems, medicines } = summary;
  return (
    <>
      <h2>{say(RECORD.allergies)}</h2>
      <Allergies {...summary} />
      <h2>{say(RECORD.problems)}</h2>
      {problems.length > 0 ? <Entries entries={problems} /> : <p>{say(RECORD.noProblems)}</p>}
      <h2>{say(RECORD.medicines)}</h2>
      {medicines.length > 0 ? (
        <Entries entries={medicines} />
      ) : (
        <p>
          {say(RECORD.noMedicines)} {say(RECORD.noMedicinesText)}
        </p>
      )}
    </>
  );
}
