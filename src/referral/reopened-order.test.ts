import type { ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { extensionUrl } from '../config/canonical.js';
import { afterTheFactOf, withAfterTheFact } from './emergency/after-the-fact.js';
import { reopenedOrder } from './reopened-order.js';

describe('a referral that takes the place of an ended one', () => {
  it('keeps what is asked and nothing of how the person came that day', () => {
    const ended = withAfterTheFact(
      {
        resourceType: 'ServiceRequest',
        id: 'r1',
        status: 'revoked',
        intent: 'order',
        subject: { reference: 'Patient/p1' },
        extension: [
          { url: extensionUrl('clinical-question'), valueString: '¿Fractura?' },
          { url: extensionUrl('handover'), extension: [{ url: 'airway', valueString: 'Permeable' }] },
          { url: extensionUrl('status-reason'), valueCodeableConcept: { text: 'x' } },
        ],
      } as ServiceRequest & { id: string },
      { manner: 'by-word', recorded: '2026-11-20T10:00:00Z' },
    );
    const next = reopenedOrder(ended, {
      reason: 'Volvió el dolor',
      author: 'PractitionerRole/a',
      placer: 'R-1',
      written: '2026-11-30T10:00:00-06:00',
    });
    expect(afterTheFactOf(next)).toBeUndefined();
    expect(next.extension?.map(({ url }) => url)).toEqual(['clinical-question', 'reopening'].map(extensionUrl));
    expect([next.status, next.replaces]).toEqual(['draft', [{ reference: 'ServiceRequest/r1' }]]);
  });

  it('of an emergency is urgent, goes to the clinic and asks why it is needed again', () => {
    const ended = {
      resourceType: 'ServiceRequest',
      id: 'r1',
      status: 'completed',
      intent: 'order',
      priority: 'stat',
      subject: { reference: 'Patient/p1' },
      extension: [{ url: extensionUrl('care-requested'), valueCodeableConcept: { coding: [{ code: 'emergencia' }] } }],
    } as ServiceRequest & { id: string };
    const said = { author: 'PractitionerRole/a', placer: 'R-1', written: '2026-11-30T10:00:00-06:00' };
    const next = reopenedOrder(ended, { ...said, reason: 'Sigue con dolor' });
    const of = (order: ServiceRequest, name: string) =>
      order.extension?.filter(({ url }) => url === extensionUrl(name)) ?? [];
    expect(next.priority).toBe('urgent');
    expect(of(next, 'care-requested').map((one) => one.valueCodeableConcept?.coding?.[0]?.code)).toEqual([
      'consulta-externa',
    ]);
    expect(of(next, 'clinical-question')[0]?.valueString).toBe('Sigue con dolor');
    expect(reopenedOrder({ ...ended, priority: 'routine' }, { ...said, reason: 'x' }).priority).toBe('routine');
  });
});
