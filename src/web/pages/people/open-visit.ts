import type { Encounter } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect } from '../../page.js';
import { declaring } from '../../resources/known-profile.js';
import { RECEIVERS } from './audiences.js';
import { OPEN_VISIT } from './stranger-card.js';

/** Why a visit is opened: class of the Encounter (HL7 v3 ActCode). */
const REASONS = { AMB: 'ambulatory', EMER: 'emergency' } as const;
type Reason = keyof typeof REASONS;

const isReason = (text: string): text is Reason => Object.hasOwn(REASONS, text);

/** Opens a visit at the caller's facility, once: pressed twice it is the same visit. */
export async function openVisit(page: PageContext, patient: string, reason: Reason): Promise<void> {
  const { facility } = page.signedIn();
  if (facility === undefined)
    throw fault('role-forbidden', { role: page.signedIn().role, interaction: 'create', type: 'Encounter' });
  const here = `Organization/${facility}`;
  const visit: Encounter = {
    resourceType: 'Encounter',
    ...declaring(page, 'atencion'),
    // Who attends is known later; that the person is here is known now.
    status: 'arrived',
    class: { system: CODE_SYSTEMS.actCode, code: reason, display: REASONS[reason] },
    subject: { reference: `Patient/${patient}` },
    period: { start: new Date().toISOString() },
    serviceProvider: { reference: here },
  };
  const open = new URLSearchParams({ patient: `Patient/${patient}`, 'service-provider': here, status: 'arrived' });
  const answer = await page.tryFhir('POST', 'Encounter', visit, { 'if-none-exist': open.toString() });
  // Several open visits: the person is known here, one more is not needed.
  if (!answer.ok && answer.error.code !== 'match-multiple') throw answer.error;
}

/** Opens a visit for somebody who was never here and goes on to the record: the Encounter makes the relation (design.md 3.7). */
export const openVisitPage: Page = {
  method: 'POST',
  path: OPEN_VISIT,
  audience: RECEIVERS,
  async handle(page) {
    const patient = page.form.get('persona');
    const reason = page.form.get('motivo');
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(patient)) throw fault('not-found', { type: 'Patient', id: '' });
    await openVisit(page, patient, isReason(reason) ? reason : 'AMB');
    return redirect(`/pacientes/${patient}`);
  },
};
