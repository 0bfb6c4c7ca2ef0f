import type { Patient, ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { tellPatient } from './tell-patient.js';

const patient: Patient = { resourceType: 'Patient', telecom: [{ system: 'phone', value: '99887766', use: 'mobile' }] };
const order: ServiceRequest = {
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p' },
};
const told = (visit?: string) =>
  tellPatient({ state: 'no-show', order, patient, remote: false, now: new Date('2026-11-30T18:00:00Z'), visit })?.text;

describe('what a person tells the patient by hand', () => {
  it('speaks of no appointment to somebody who was on the way in a transfer', () => {
    expect(told()).toContain('vaya ahora');
    expect(told()).not.toContain('cita');
    expect(told('2026-11-29T15:00:00Z')).toContain('no pudo ir a su cita');
  });
});
