import type { Bundle, Parameters, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../access/caller.js';
import { SID } from '../../../config/canonical.js';
import { fault } from '../../../errors.js';
import { findDiagnoses } from '../../../record/catalogue/diagnoses.js';
import { hc10Bundle } from '../../../referral/hc10/hc10-bundle.js';
import { type FormFields, formFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, redirect, view } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { inBundle, parametersOf } from '../../resources/in-bundle.js';
import { HC10 } from '../../texts/hc10.js';
import { suggestedAttachments } from './attach-section.js';
import { AUTHORS } from './authors.js';
import { caseOfForm } from './case-of-form.js';
import { withConversion } from './conversion.js';
import { loadDestinations } from './destinations.js';
import type { FormState } from './form-state.js';
import { FormView } from './form-view.js';
import { recordForForm } from './record-for-form.js';
import { loadService, withDestination } from './load-service.js';
import { typedText } from './read-hc10.js';
import { withRoutingReason } from './routing-reason.js';

const PATH = '/pacientes/:id/referir';
/** Codes that a search shows: more is a reason to write more words. */
const MOST_CODES = 8;

/** What the author is on the paper, by role. */
const AUTHOR_CATEGORY: Readonly<Partial<Record<Role, string>>> = {
  clinician: 'medico-general',
  specialist: 'especialista',
  nurse: 'enfermera',
};

type Given = Pick<FormState, 'record' | 'destinations'>;

/** What the form knows before anybody types: a number of its own, the usual destination, what to attach. */
function firstFilled({ record, destinations }: Given, role: Role): FormFields {
  const filled = new URLSearchParams([
    ['numero', `F-${randomUUID()}`],
    ['clase', 'referencia'],
    ['destino', destinations.usual ?? ''],
    ['amerita', 'consulta-externa'],
    ['prioridad', 'routine'],
    ['alergias', 'no-se-pregunto'],
    ['autor-categoria', AUTHOR_CATEGORY[role] ?? ''],
    ...suggestedAttachments(record).map(([name, value]) => [name, value]),
  ]);
  return formFields(filled.toString());
}

/** Facility and post of the signed-in person. @throws 403 for somebody without them */
function signer(page: PageContext): { readonly facility: string; readonly post: string } {
  const { facility, practitionerRole: post, role } = page.signedIn();
  if (facility === undefined || post === undefined)
    throw fault('role-forbidden', { role, interaction: '$submit', type: 'ServiceRequest' });
  return { facility, post };
}

async function given(page: PageContext): Promise<Given> {
  const { facility } = signer(page);
  const [record, destinations] = await Promise.all([
    recordForForm(page, page.params['id'] ?? ''),
    loadDestinations(page, facility),
  ]);
  return { record, destinations };
}

const shown = (page: PageContext, state: FormState, status?: number): PageView =>
  view(HC10.title, <FormView page={page} state={state} />, {
    ...(status === undefined ? {} : { status }),
    mistakes: state.problems.length > 0,
  });

/** The empty form, filled in as far as the record goes. */
export const referralForm: Page = {
  method: 'GET',
  path: PATH,
  audience: AUTHORS,
  async handle(page) {
    const known = await given(page);
    return shown(page, { ...known, filled: firstFilled(known, page.signedIn().role), problems: [], existing: [] });
  },
};

const sentPath = (id: string, again: boolean): string => `/referencias/${id}/enviada${again ? '?ya=1' : ''}`;

/** The referral that this very form sent before, when it did. */
async function sentBefore(page: PageContext, number: string): Promise<string | undefined> {
  const query = new URLSearchParams({ identifier: `${SID.placer}|${number}`, patient: `Patient/${page.params['id']}` });
  const { resource } = await page.fhir<Bundle>('GET', `ServiceRequest?${query.toString()}`);
  return inBundle(resource, 'ServiceRequest')[0]?.id;
}

/** Findings of the service about what was sent, in words. They name no field of the form: the form checked its own. */
const refusedProblems = (page: PageContext, error: unknown): readonly Problem[] => problemsOf(error, page.language);

/** Sends what was written, once; shows the form again with everything in it when something is missing or to be decided. */
export const sendForm: Page = {
  method: 'POST',
  path: PATH,
  audience: AUTHORS,
  async handle(page) {
    const { form } = page;
    const number = form.get('numero');
    if (!/^F-[\w-]{36}$/.test(number)) throw fault('operation-parameter', { parameter: 'numero', reason: 'F-UUID' });
    const before = await sentBefore(page, number);
    if (before !== undefined) return redirect(sentPath(before, true));
    const known = await given(page);
    const picked = form.get('usar-destino');
    const filled = known.destinations.nameOf(picked) === undefined ? form : withDestination(form, picked);
    const state: FormState = { ...known, filled, problems: [], existing: [] };
    if (form.get('accion') === 'buscar')
      return shown(page, { ...state, codes: findDiagnoses(typedText(form, 'diagnostico'), MOST_CODES) });
    const { facility, post } = signer(page);
    const advised = async (): Promise<FormState> => ({
      ...state,
      service: (await loadService(page, facility, filled)) ?? 'incomplete',
    });
    if (form.get('accion') === 'servicio' || picked !== '') return shown(page, await advised());
    const written = await caseOfForm(page, known, {
      author: { reference: `PractitionerRole/${post}` },
      origin: { reference: `Organization/${facility}` },
    });
    const { problems, existing, hc10 } = written;
    if (!hc10) return shown(page, { ...(await advised()), problems, existing }, problems.length > 0 ? 422 : 200);
    const sent = await page.tryFhir<Parameters>(
      'POST',
      'ServiceRequest/$submit',
      withConversion(withRoutingReason(hc10Bundle(hc10), form), form),
    );
    if (!sent.ok) return shown(page, { ...state, problems: refusedProblems(page, sent.error) }, 422);
    const referral = parametersOf(sent.resource, 'referral')[0]?.resource as ServiceRequest & { id: string };
    const subject: Reference = referral.subject;
    if (subject.reference !== `Patient/${known.record.patient.id}`) throw fault('duplicate', { kind: 'placer' });
    return redirect(sentPath(referral.id, sent.status === 200));
  },
};
