import type { Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import type { Account } from '../../../access/accounts.js';
import { LANGUAGES } from '../../../record/catalogue/languages.js';
import { Facts } from '../../components/facts.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { addressText, phonesOf } from '../../resources/person-details.js';
import { identifierTexts, nameOrUnknown } from '../../resources/person.js';
import { RECORD } from '../../texts/patient-record.js';

const languagesOf = ({ communication = [] }: Patient): string =>
  communication
    .map(({ language }) => {
      const { code, display } = language.coding?.[0] ?? {};
      return LANGUAGES.find((one) => one.code === code)?.display ?? display ?? language.text ?? code ?? '';
    })
    .join(', ');

function Data({ patient, account }: { readonly patient: Patient; readonly account: Account | undefined }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { birthDate } = patient;
  const facts = [
    [RECORD.name, nameOrUnknown(patient, say)],
    [RECORD.birthDate, birthDate === undefined ? '' : dateText(birthDate, language)],
    [RECORD.numbers, identifierTexts(patient, say).join(', ')],
    [RECORD.phone, phonesOf(patient).join(', ')],
    [RECORD.address, addressText(patient)],
    [RECORD.languages, languagesOf(patient)],
    [RECORD.user, account?.name ?? ''],
    ...(account?.guardian ? [[RECORD.guardian, say(RECORD.guardianOf, account.guardian)] as const] : []),
  ] as const;
  return (
    <div class="rr-big">
      <Facts
        facts={facts.map(([name, value]) => ({ name: say(name), value: value === '' ? say(RECORD.unknown) : value }))}
      />
      <h2>{say(RECORD.wrongData)}</h2>
      <p>{say(RECORD.wrongDataText)}</p>
      <h2>{say(RECORD.forgotten)}</h2>
      <p>{say(RECORD.forgottenText)}</p>
    </div>
  );
}

/** Name, telephone and language as they are noted; corrections are made at the health centre. */
export const myData: Page = {
  method: 'GET',
  path: '/mi/datos',
  audience: ['patient'],
  nav: RECORD.data,
  async handle(page) {
    const { patient = '', sub } = page.signedIn();
    const { resource } = await page.fhir<Patient>('GET', `Patient/${patient}`);
    return view(RECORD.data, <Data patient={resource} account={await page.services.accounts(sub)} />);
  },
};
