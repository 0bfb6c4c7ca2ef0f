import type { VNode } from 'preact';
import { reachOf } from '../../../../access/policy/policy-table.js';
import { deniesAllergies } from '../../../../config/no-known-allergies.js';
import { allergiesInForce } from '../../../../config/standing-facts.js';
import { AllergyAlarm } from '../../../components/allergy-alarm.js';
import { Notice } from '../../../components/notice.js';
import type { PageContext } from '../../../page-context.js';
import { allergyText } from '../../../resources/allergy-text.js';
import { conceptText } from '../../../resources/coded-text.js';
import { careNotes, phonesOf } from '../../../resources/person-details.js';
import { ageText, identifierTexts, nameOrUnknown, sexText } from '../../../resources/person.js';
import { REFERRAL } from '../../../texts/referral.js';
import type { ReferralView } from '../referral-view.js';

/** Allergies, first and loud; that none is noted is told apart from that there is none. */
export function Allergies({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode {
  const { say } = page;
  if (reachOf(page.signedIn().role, 'clinical', 'read') === undefined)
    return <p class="rr-quiet">{say(REFERRAL.allergiesHidden)}</p>;
  const noted = allergiesInForce(view.all('AllergyIntolerance'));
  const real = noted.filter((allergy) => !deniesAllergies(allergy));
  if (real.length > 0) return <AllergyAlarm texts={real.map((allergy) => allergyText(page, allergy))} />;
  return noted.length > 0 ? (
    <p>
      <strong>{say(REFERRAL.allergies)}:</strong> {noted.map(({ code }) => conceptText(page, code)).join(', ')}
    </p>
  ) : (
    <Notice kind="warn">
      <p>{say(REFERRAL.noAllergiesNoted)}</p>
    </Notice>
  );
}

/** Who it is about: name, age, sex, numbers, phone, then the allergies. */
export function PatientHead({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode {
  const { say, language } = page;
  const { patient } = view;
  if (!patient) return <p class="rr-quiet">{say(REFERRAL.patientHidden)}</p>;
  const facts = [
    ageText(patient, say),
    sexText(patient, language),
    ...identifierTexts(patient, say),
    ...phonesOf(patient).map((phone) => say(REFERRAL.phone, { phone })),
  ];
  return (
    <>
      <p class="rr-who">
        <strong class="rr-who__name">{nameOrUnknown(patient, say)}</strong>
        <span>{facts.join(' · ')}</span>
      </p>
      <Allergies page={page} view={view} />
      {careNotes(page, patient).map((note) => (
        <p class="rr-care">{note}</p>
      ))}
    </>
  );
}
