import type { PractitionerRole, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import { type Finding, ServiceError } from '../errors.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import { checkApprover } from './approver.js';
import { EDGES } from './edges.js';
import { readReferral, type Referral } from './load-referral.js';
import { type ReferralState, STATES } from './states.js';
import { isReferral } from './vocabulary.js';

const URL = extensionUrl('reopening');

/** States after which a new referral may take the place of the old one (transition 34). */
const ENDED: ReadonlySet<ReferralState | undefined> = new Set(
  EDGES.filter(({ newReferral }) => newReferral).map(({ from }) => from),
);

/** What a new referral keeps of those it replaces. */
export interface Reopening {
  /** Date that counts for the queue; absent: that of the sending. */
  readonly since?: string;
  /** The manager who agreed to it. */
  readonly approver?: Reference<PractitionerRole>;
}

const part = ({ extension }: ServiceRequest, url: string) =>
  extension?.find((one) => one.url === URL)?.extension?.find((one) => one.url === url);

const broken = (es: string, en: string, expression: string): Finding => ({
  code: 'rule-broken',
  params: { es, en },
  expression,
});

async function replacedBy(context: FhirContext, { replaces }: ServiceRequest): Promise<readonly Referral[]> {
  const ids = (replaces ?? []).flatMap(({ reference }) => {
    const target = localTarget(reference ?? '', context.baseUrl);
    return target?.type === 'ServiceRequest' ? [target.id] : [];
  });
  const found = await context.store.readMany('ServiceRequest', [...new Set(ids)]);
  const referrals = await Promise.all(
    found
      .filter((stored) => !stored.del && isReferral(resourceOf(stored)))
      .map((stored) => readReferral(context, stored)),
  );
  return referrals.flatMap((referral) => referral ?? []);
}

/** An ended referral of the same person and the same origin. */
function fits({ resource, state, sides }: Referral, order: ServiceRequest, origin: string): readonly Finding[] {
  const expression = 'ServiceRequest.replaces';
  const name = `ServiceRequest/${resource.id}`;
  const states = [...ENDED].flatMap((one) => (one ? [STATES[one].es] : [])).join(', ');
  return [
    ...(resource.subject.reference === order.subject.reference && sides.origin === origin
      ? []
      : [
          broken(
            `${name} no es del mismo paciente y del mismo origen.`,
            `${name} is not of the same patient and the same origin.`,
            expression,
          ),
        ]),
    ...(ENDED.has(state)
      ? []
      : [
          broken(
            `${name} está «${STATES[state].es}»; se reabre solo lo que terminó: ${states}.`,
            `${name} is "${STATES[state].en}"; only what has ended is reopened.`,
            expression,
          ),
        ]),
  ];
}

/**
 * Checks a referral that replaces an ended one (transition 34): the same person and origin, why it is reopened, and, when it
 * shall keep its earlier date in the queue, a manager of a network or region of one of the two facilities who agrees.
 * Throws ServiceError 422 with all findings; gives nothing to keep for a referral that replaces none.
 */
export async function reopening(
  context: FhirContext,
  order: ServiceRequest,
  { origin, destination }: { readonly origin: string; readonly destination: string },
): Promise<Reopening> {
  const replaced = await replacedBy(context, order);
  if (replaced.length === 0) return {};
  const approver = part(order, 'date-approver')?.valueReference as Reference<PractitionerRole> | undefined;
  const field = 'ServiceRequest.extension(reopening).reason';
  const findings = [
    ...replaced.flatMap((referral) => fits(referral, order, origin)),
    ...(part(order, 'reason')?.valueString === undefined
      ? [{ code: 'field-missing' as const, params: { operation: '$submit', field }, expression: field }]
      : []),
    ...(await checkApprover(context, approver, {
      role: 'manager',
      facilities: [origin, destination],
      above: true,
      words: {
        es: 'Solo un gestor de la red o región del origen o del destino puede aprobar que conserve la fecha anterior.',
        en: 'Only a manager of the network or region of origin or destination may approve keeping the earlier date.',
      },
      expression: 'ServiceRequest.extension(reopening).date-approver',
    })),
  ];
  if (findings.length > 0) throw new ServiceError(findings);
  if (!approver) return {};
  const dates = replaced.flatMap(({ leg }) => leg?.task.authoredOn ?? []).sort();
  return { approver, ...(dates[0] === undefined ? {} : { since: dates[0] }) };
}
