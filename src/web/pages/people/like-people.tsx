import type { VNode } from 'preact';
import { LinkButton } from '../../components/button.js';
import { Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { addressText, phonesOf } from '../../resources/person-details.js';
import { ageText, identifierTexts, nameOrUnknown, sexText } from '../../resources/person.js';
import { PEOPLE } from '../../texts/people.js';
import { RECORD } from '../../texts/people-record.js';
import { REGISTER } from '../../texts/people-register.js';
import type { FoundPerson } from './find-people.js';
import { StrangerCard } from './stranger-card.js';

/** Somebody who is known here, with what tells people apart, and the way to the record. */
function KnownCard({
  page,
  patient,
  open,
}: {
  readonly page: PageContext;
  readonly patient: FoundPerson['patient'];
  readonly open: (typeof REGISTER)['open' | 'yes'];
}): VNode {
  const { say, language } = page;
  const age = ageText(patient, say);
  const facts = [
    { name: say(PEOPLE.ageAndSex), value: say(PEOPLE.ageSex, { age, sex: sexText(patient, language) }) },
    { name: say(PEOPLE.bornOn), value: patient.birthDate === undefined ? '' : dateText(patient.birthDate, language) },
    { name: say(PEOPLE.numbers), value: identifierTexts(patient, say).join(' · ') },
    { name: say(RECORD.address), value: addressText(patient) },
    { name: say(REGISTER.phone), value: phonesOf(patient).join(' · ') },
  ];
  return (
    <section class="rr-card">
      <h3 class="rr-card__title">{nameOrUnknown(patient, say)}</h3>
      <Facts facts={facts.filter(({ value }) => value !== '')} />
      <LinkButton label={open} href={`/pacientes/${patient.id}`} kind="send" />
    </section>
  );
}

/** Somebody with the same number is registered: no second record, and the way to the first. */
export function KnownPeople({
  page,
  people,
}: {
  readonly page: PageContext;
  readonly people: readonly FoundPerson[];
}): VNode {
  const { say } = page;
  const stranger = people.some(({ related }) => !related);
  return (
    <>
      <Notice kind="warn">
        <p>{say(REGISTER.knownText)}</p>
        {stranger && <p>{say(PEOPLE.strangersText)}</p>}
      </Notice>
      <h2>{say(REGISTER.knownWho)}</h2>
      {people.map(({ patient, related }) =>
        related ? (
          <KnownCard page={page} patient={patient} open={REGISTER.open} />
        ) : (
          <StrangerCard page={page} patient={patient} />
        ),
      )}
    </>
  );
}

/** People who are very much alike: a question, not a lock. */
export function LikePeople({
  page,
  people,
}: {
  readonly page: PageContext;
  readonly people: readonly FoundPerson[];
}): VNode {
  const { say } = page;
  return (
    <section aria-labelledby="parecidas">
      <Notice kind="warn">
        <h2 class="rr-notice__title" id="parecidas">
          {say(REGISTER.likeTitle)}
        </h2>
        <p>{say(REGISTER.likeText)}</p>
        <p>{say(REGISTER.no)}</p>
      </Notice>
      {people.map(({ patient }) => (
        <KnownCard page={page} patient={patient} open={REGISTER.yes} />
      ))}
    </section>
  );
}
