import { lastOutput } from '../../../../referral/task-io.js';
import type { Choice } from '../../../components/select.js';
import { hourText, weekdayText } from '../../../dates.js';
import type { FormFields } from '../../../form-fields.js';
import { loadSlots, type SlotRow } from '../../../resources/slot-rows.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { ownServices } from './directory-choices.js';
import type { FormScene } from './move-form.js';

/** Name of the parameter of a booking form's address that names a slot by its id. */
export const SLOT_QUERY = 'cupo';
/** Value of the choice to type day and hour. */
const TYPED = 'escrito';
/** Slots that a form offers: more is a page of the agenda. */
const MOST = 12;
const DAYS_MS = 90 * 86_400_000;

/** The chosen slot; undefined when day and hour are typed. */
export function slotIn(given: FormFields): string | undefined {
  const chosen = given.get('slot');
  return chosen.startsWith('Slot/') ? chosen : undefined;
}

const choiceOf = ({ page: { language, say } }: FormScene, row: SlotRow): Choice => ({
  value: `Slot/${row.id}`,
  text: `${weekdayText(row.start, language)}, ${hourText(row.start, language)}–${hourText(row.end, language)}`,
  hint: [row.service, row.place, ...(row.freed ? [say(T.slotFreed)] : [])].filter((text) => text !== '').join(' · '),
});

/** The service that accepted the referral, else the first of the asked specialty. */
async function wantedService(scene: FormScene): Promise<string | undefined> {
  const accepted = scene.view.leg && lastOutput(scene.view.leg, 'service');
  return accepted ?? (await ownServices(scene))[0]?.value;
}

/**
 * Free slots, the next first: of the service that attends, else of the whole facility; and the choice to type day and hour,
 * which is the only one where no agenda is published.
 */
export async function slotChoices(scene: FormScene): Promise<readonly Choice[]> {
  const { page, now } = scene;
  const { facility } = page.signedIn();
  if (facility === undefined) return [];
  const query = { to: new Date(now.getTime() + DAYS_MS).toISOString(), _count: String(MOST) };
  const service = await wantedService(scene);
  const own = service === undefined ? [] : (await loadSlots(page, facility, { ...query, service })).rows;
  const rows = own.length > 0 ? own : (await loadSlots(page, facility, query)).rows;
  const asked = scene.slot?.slice('Slot/'.length);
  const missing = asked !== undefined && !rows.some(({ id }) => id === asked);
  const extra = missing ? (await loadSlots(page, facility)).rows.filter(({ id }) => id === asked) : [];
  return [
    ...[...extra, ...rows].map((row) => choiceOf(scene, row)),
    { value: TYPED, text: page.say(rows.length > 0 ? T.slotTyped : T.slotNone) },
  ];
}
