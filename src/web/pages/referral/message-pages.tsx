import type { Communication } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { PROFILES } from '../../../referral/vocabulary.js';
import { ErrorSummary } from '../../components/error-summary.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view as pageView } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { MESSAGES } from '../../texts/messages.js';
import { mayWrite, messagesOf } from './messages-of.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { MESSAGE_FIELDS, MessageForm } from './sections/message-form.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** System of identifiers that are URIs (R4 terminologies-systems). */
const URI = 'urn:ietf:rfc:3986';

/** The message as it was written, from the person's post to the other facility. */
function written(page: PageContext, view: ReferralView, key: string): Communication {
  const { facility = '', practitionerRole } = page.signedIn();
  const other = view.side === 'origin' ? view.sides.destination : view.sides.origin;
  const answered = page.form.get(MESSAGE_FIELDS.answers);
  return {
    resourceType: 'Communication',
    meta: { profile: [PROFILES.message] },
    identifier: [{ system: URI, value: `urn:uuid:${key}` }],
    basedOn: [{ reference: `ServiceRequest/${view.order.id}` }],
    partOf: [{ reference: `Task/${view.leg?.id ?? ''}` }],
    ...(answered === '' ? {} : { inResponseTo: [{ reference: `Communication/${answered}` }] }),
    status: 'completed',
    subject: view.order.subject as NonNullable<Communication['subject']>,
    sent: new Date().toISOString(),
    recipient: [{ reference: `Organization/${other ?? ''}` }],
    sender: {
      reference: practitionerRole === undefined ? `Organization/${facility}` : `PractitionerRole/${practitionerRole}`,
    },
    payload: [{ contentString: page.form.get(MESSAGE_FIELDS.text) }],
  };
}

function again(page: PageContext, view: ReferralView, problems: readonly Problem[]): PageAnswer {
  const answered = messagesOf(view).find(({ id }) => id === page.form.get(MESSAGE_FIELDS.answers));
  const own = problems.find(({ field }) => field === MESSAGE_FIELDS.text);
  return pageView(
    MESSAGES.notSent,
    <>
      <ErrorSummary problems={problems} />
      <MessageForm page={page} view={view} {...(answered ? { answered } : {})} {...(own ? { error: own.text } : {})} />
    </>,
    { status: 422, mistakes: true },
  );
}

const place = (id: string, done: 'enviado' | 'leidos'): string => `/referencias/${id}?mensaje=${done}#mensajes`;

/** The referral that a page of messages is about. Throws 403 for who stands on neither side. */
async function asked(page: PageContext): Promise<ReferralView | { readonly moved: string }> {
  const loaded = await loadReferralView(page, page.params['id'] ?? '');
  if ('moved' in loaded) return loaded;
  if (!mayWrite(page, loaded.view))
    throw fault('role-forbidden', { role: page.signedIn().role, interaction: 'create', type: 'Communication' });
  return loaded.view;
}

/** `POST /referencias/:id/mensajes`: writes to the other facility; who answers has read what was there. */
export const sendMessage: Page = {
  method: 'POST',
  path: '/referencias/:id/mensajes',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const view = await asked(page);
    if ('moved' in view) return redirect(`/referencias/${view.moved}`);
    const key = page.form.get(MESSAGE_FIELDS.key);
    if (!UUID.test(key)) throw fault('operation-parameter', { parameter: MESSAGE_FIELDS.key, reason: 'UUID' });
    if (page.form.get(MESSAGE_FIELDS.text) === '')
      return again(page, view, [{ text: page.say(MESSAGES.empty), field: MESSAGE_FIELDS.text }]);
    const condition = new URLSearchParams({ identifier: `${URI}|urn:uuid:${key}` }).toString();
    const sent = await page.tryFhir('POST', 'Communication', written(page, view, key), { 'if-none-exist': condition });
    if (!sent.ok) return again(page, view, problemsOf(sent.error, page.language));
    await page.fhir('POST', `ServiceRequest/${view.order.id}/$read-messages`);
    return redirect(place(view.order.id, 'enviado'));
  },
};

/** `POST /referencias/:id/mensajes/leidos`: the person's facility has read what was written to it. */
export const messagesRead: Page = {
  method: 'POST',
  path: '/referencias/:id/mensajes/leidos',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const id = page.params['id'] ?? '';
    await page.fhir('POST', `ServiceRequest/${encodeURIComponent(id)}/$read-messages`);
    return redirect(place(id, 'leidos'));
  },
};
