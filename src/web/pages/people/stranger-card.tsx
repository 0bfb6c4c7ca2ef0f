import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { ageText, identifierTexts, nameOrUnknown, sexText } from '../../resources/person.js';
import { PEOPLE } from '../../texts/people.js';
import { RECEIVERS } from './audiences.js';
import type { FoundPerson } from './find-people.js';

/** Path that opens a visit at the facility of whoever is signed in. */
export const OPEN_VISIT = '/pacientes/abrir';

/** Somebody never seen here: what helps to recognise her, and the way to open a visit. */
export function StrangerCard({
  page,
  patient,
}: {
  readonly page: PageContext;
  readonly patient: FoundPerson['patient'];
}): VNode {
  const { say, language } = page;
  const age = ageText(patient, say);
  return (
    <section class="rr-card">
      <h3 class="rr-card__title">{nameOrUnknown(patient, say)}</h3>
      <Facts
        facts={[
          { name: say(PEOPLE.ageAndSex), value: say(PEOPLE.ageSex, { age, sex: sexText(patient, language) }) },
          ...(patient.birthDate === undefined
            ? []
            : [{ name: say(PEOPLE.bornOn), value: dateText(patient.birthDate, language) }]),
          { name: say(PEOPLE.numbers), value: identifierTexts(patient, say).join(' · ') },
        ]}
      />
      {RECEIVERS.includes(page.signedIn().role) ? (
        <Form action={OPEN_VISIT}>
          <input type="hidden" name="persona" value={patient.id} />
          <Button label={PEOPLE.openToday} name="motivo" value="AMB" />
          <Button label={PEOPLE.openEmergency} kind="plain" name="motivo" value="EMER" />
        </Form>
      ) : (
        <p>{say(PEOPLE.cannotOpen)}</p>
      )}
    </section>
  );
}
