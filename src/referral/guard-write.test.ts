import { describe, expect, it } from 'vitest';
import type { Resource, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { isServiceError } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { WriteIntent } from '../fhir/fhir-context.js';
import type { StoredResource } from '../store/envelope.js';
import { guardWrite } from './guard-write.js';
import { newLeg } from './legs.js';

const referral = (status: ServiceRequest['status']): ServiceRequest & { id: string } => ({
  resourceType: 'ServiceRequest',
  id: 'r1',
  status,
  intent: 'order',
  category: [{ coding: [{ system: codeSystemUrl('referral-category'), code: 'referencia' }] }],
  subject: { reference: 'Patient/p1' },
});
const leg = newLeg({
  referral: referral('active'),
  origin: 'a',
  destination: 'b',
  state: 'in-triage',
  now: new Date(0),
});
const laboratory: ServiceRequest = { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject: {} };

const outcome = async (
  interaction: WriteIntent['interaction'],
  before: Resource | undefined,
  after: Resource | undefined,
  operation?: string,
): Promise<string> => {
  try {
    await guardWrite({
      interaction,
      type: (after ?? before)?.resourceType ?? '',
      ...(before ? { before: { stored: {} as StoredResource, resource: before } } : {}),
      ...(after ? { after } : {}),
      request: { operation } as FhirRequest,
    });
    return 'passes';
  } catch (error) {
    return isServiceError(error)
      ? `${error.status} ${error.code} ${String(error.findings[0]?.params?.['allowed'])}`
      : String(error);
  }
};

describe('guardWrite', () => {
  it('lets drafts be written, rewritten and thrown away', async () => {
    expect(await outcome('create', undefined, referral('draft'))).toBe('passes');
    expect(await outcome('update', referral('draft'), referral('draft'))).toBe('passes');
    expect(await outcome('delete', referral('draft'), undefined)).toBe('passes');
  });

  it('lets only $submit create a sent one', async () => {
    expect(await outcome('create', undefined, referral('active'), 'submit')).toBe('passes');
    expect(await outcome('create', undefined, referral('active'))).toBe('422 use-operation $submit, $void');
    expect(await outcome('update', referral('draft'), referral('active'), 'submit')).toBe(
      '422 use-operation $submit, $void',
    );
  });

  it('freezes what was sent', async () => {
    expect(await outcome('update', referral('active'), referral('active'))).toContain('422 use-operation');
    expect(await outcome('update', referral('active'), laboratory)).toContain('422 use-operation');
    expect(await outcome('update', laboratory, referral('active'))).toContain('422 use-operation');
    expect(await outcome('delete', referral('completed'), undefined)).toContain('422 use-operation');
  });

  it('guards legs and lists what can be done in their state', async () => {
    expect(await outcome('update', leg, leg)).toBe(
      '422 use-operation $request-info, $accept, $reject, $redirect, $respond, $convert, $revoke, $record-death, $void',
    );
    expect(await outcome('create', undefined, leg)).toContain('422 use-operation');
    expect(await outcome('delete', leg, undefined)).toContain('422 use-operation');
  });

  it('leaves everything else alone', async () => {
    expect(await outcome('create', undefined, laboratory)).toBe('passes');
    expect(await outcome('update', laboratory, { ...laboratory, status: 'completed' })).toBe('passes');
    expect(await outcome('create', undefined, { resourceType: 'Task', status: 'requested', intent: 'order' })).toBe(
      'passes',
    );
    expect(await outcome('create', undefined, { resourceType: 'Patient' })).toBe('passes');
  });
});
