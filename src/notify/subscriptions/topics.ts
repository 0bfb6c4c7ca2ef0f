import { CANONICAL_ROOT } from '../../config/canonical.js';
import type { Words } from '../../words.js';

interface Topic {
  readonly url: string;
  /** Type whose creations and changes are its events. */
  readonly type: 'Task' | 'ServiceRequest';
  readonly title: Words;
}

/** Topics that a Subscription may name as its criteria (Subscriptions R5 Backport, R4: `Subscription.criteria`). */
export const TOPICS: readonly Topic[] = [
  {
    url: `${CANONICAL_ROOT}/SubscriptionTopic/task`,
    type: 'Task',
    title: {
      es: 'Se creó o cambió una tarea (tramo de una referencia)',
      en: 'A Task (leg of a referral) was created or changed',
    },
  },
  {
    url: `${CANONICAL_ROOT}/SubscriptionTopic/service-request`,
    type: 'ServiceRequest',
    title: { es: 'Se creó o cambió una referencia', en: 'A referral was created or changed' },
  },
];

const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

/** Extensions and profiles of the guide "Subscriptions R5 Backport" for R4 servers. */
export const BACKPORT_URLS = {
  filter: `${BACKPORT}/backport-filter-criteria`,
  payload: `${BACKPORT}/backport-payload-content`,
  notification: `${BACKPORT}/backport-subscription-notification-r4`,
  status: `${BACKPORT}/backport-subscription-status-r4`,
} as const;
