import type { Extension, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../../../config/canonical.js';
import { STATES } from '../../../referral/states.js';
import { type WorklistName, worklistRow } from '../../../referral/worklists.js';
import { dateText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { ageText, nameOrUnknown, sexText } from '../../resources/person.js';
import { addressText, phonesOf } from '../../resources/person-details.js';
import { type ReferralRow, specialtyText } from '../../resources/referral-rows.js';
import { SUPERVISION } from '../../texts/supervision.js';
import { INBOX } from '../../texts/worklists.js';

/** What a cell of a list on paper is made from. */
export interface ListScene {
  readonly page: PageContext;
  readonly list: WorklistName;
  /** Names of facilities by Organization id. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: Date;
}

type Column =
  | 'number'
  | 'person'
  | 'identity'
  | 'age'
  | 'sex'
  | 'phone'
  | 'address'
  | 'companion'
  | 'service'
  | 'other'
  | 'state'
  | 'sentOn'
  | 'due'
  | 'visit';

/** Name and telephone of the first companion on the form. */
function companionText(order: ServiceRequest | undefined): string {
  const parts = order?.extension?.find(({ url }) => url === extensionUrl('companion'))?.extension ?? [];
  const part = (url: string): string | undefined => parts.find((one: Extension) => one.url === url)?.valueString;
  return [part('name'), part('phone')].filter((text) => text !== undefined).join(', ');
}

const CELLS: Readonly<Record<Column, (scene: ListScene, row: ReferralRow) => string>> = {
  number: (_scene, { task }) => task.groupIdentifier?.value ?? '',
  person: ({ page: { say } }, { patient }) => (patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)),
  identity: (_scene, { patient }) => patient?.identifier?.find(({ system }) => system === SID.dni)?.value ?? '',
  age: ({ page: { say }, now }, { patient }) => (patient ? ageText(patient, say, now) : ''),
  sex: ({ page: { language } }, { patient }) => (patient ? sexText(patient, language) : ''),
  phone: (_scene, { patient }) => (patient ? phonesOf(patient).join(', ') : ''),
  address: (_scene, { patient }) => (patient ? addressText(patient) : ''),
  companion: (_scene, { order }) => companionText(order),
  service: ({ page }, row) => specialtyText(page, row),
  other: ({ list, names }, { task }) => {
    const reference = worklistRow(list).side === 'origin' ? task.owner?.reference : task.requester?.reference;
    return names.get(reference?.slice('Organization/'.length) ?? '') ?? '';
  },
  state: ({ page: { say } }, { state }) => say(STATES[state]),
  sentOn: ({ page: { language } }, { task }) =>
    task.authoredOn === undefined ? '' : dateText(task.authoredOn, language),
  due: ({ page: { language } }, { task }) => {
    const end = task.restriction?.period?.end;
    return end === undefined ? '' : timeText(end, language);
  },
  visit: () => '',
};

const USUAL: readonly Column[] = [
  'number',
  'person',
  'identity',
  'age',
  'sex',
  'phone',
  'service',
  'other',
  'state',
  'sentOn',
  'due',
];
/** Whoever visits a home needs to find it, and has no business with the clinical reason. */
const HOME_VISIT: readonly Column[] = [
  'person',
  'age',
  'sex',
  'phone',
  'address',
  'companion',
  'number',
  'other',
  'state',
  'visit',
];

/** Columns of a list as a file and on paper, in their order. */
export const listColumns = (list: WorklistName): readonly Column[] => (list === 'home-visit' ? HOME_VISIT : USUAL);

/** One row of a list as texts, in the order of its columns. */
export const listCells = (scene: ListScene, row: ReferralRow): readonly string[] =>
  listColumns(scene.list).map((column) => CELLS[column](scene, row));

/** Names of a list's columns. */
export const columnNames = ({ page, list }: ListScene): readonly string[] =>
  listColumns(list).map((column) => page.say(SUPERVISION[column]));
