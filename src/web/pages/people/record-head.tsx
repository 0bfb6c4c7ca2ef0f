import type { AllergyIntolerance, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { deniesAllergies } from '../../../config/no-known-allergies.js';
import { allergiesInForce } from '../../../config/standing-facts.js';
import { AllergyAlarm } from '../../components/allergy-alarm.js';
import { Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { allergyText } from '../../resources/allergy-text.js';
import { conceptText } from '../../resources/coded-text.js';
import { addressText, careNotes, declaredTexts, phonesOf } from '../../resources/person-details.js';
import { ageText, identifierTexts, sexText } from '../../resources/person.js';
import { RECORD } from '../../texts/people-record.js';

/** Who it is: age, sex, numbers, phone, home, and what to do differently for this person. */
export function RecordHead({ page, patient }: { readonly page: PageContext; readonly patient: Patient }): VNode {
  const { say, language } = page;
  const { people, migrant } = declaredTexts(page, patient);
  const notes = careNotes(page, patient);
  const who = [ageText(patient, say), sexText(patient, language), ...identifierTexts(patient, say)];
  const facts = [
    { name: say(RECORD.phone), value: phonesOf(patient).join(' · ') || say(RECORD.noPhone) },
    { name: say(RECORD.address), value: addressText(patient) || say(RECORD.noAddress) },
    ...(people === '' ? [] : [{ name: say(RECORD.people), value: people }]),
    ...(migrant === '' ? [] : [{ name: say(RECORD.migrant), value: migrant }]),
  ];
  return (
    <>
      <p>
        <strong>{who.join(' · ')}</strong>
      </p>
      {(patient.deceasedBoolean || patient.deceasedDateTime !== undefined) && (
        <Notice kind="warn">
          <p>{say(RECORD.dead)}</p>
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice title={say(RECORD.careNotes)}>
          <ul>
            {notes.map((note) => (
              <li>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts facts={facts} />
    </>
  );
}

/** Allergies, first and loud; that nobody asked is told apart from that there is none. */
export function RecordAllergies({
  page,
  allergies,
}: {
  readonly page: PageContext;
  readonly allergies: readonly AllergyIntolerance[];
}): VNode {
  const { say, language } = page;
  const noted = allergiesInForce(allergies);
  const real = noted.filter((allergy) => !deniesAllergies(allergy));
  const [denied] = noted;
  if (real.length > 0) return <AllergyAlarm texts={real.map((allergy) => allergyText(page, allergy))} />;
  if (!denied)
    return (
      <Notice kind="warn" title={say(RECORD.noAllergies)}>
        <p>{say(RECORD.noAllergiesText)}</p>
      </Notice>
    );
  const text = conceptText(page, denied.code);
  return (
    <>
      <h2>{say(RECORD.allergies)}</h2>
      <p>
        {denied.recordedDate === undefined
          ? text
          : say(RECORD.deniedOn, { text, date: dateText(denied.recordedDate, language) })}
      </p>
    </>
  );
}
