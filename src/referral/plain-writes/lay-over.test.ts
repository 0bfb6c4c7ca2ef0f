import type { Appointment } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { layOver } from './lay-over.js';

const written: Appointment = {
  resourceType: 'Appointment',
  meta: { profile: ['own'] },
  status: 'booked',
  comment: 'traer exámenes',
  participant: [{ actor: { reference: 'Patient/p' }, status: 'needs-action' }],
};

describe('layOver', () => {
  it('keeps what the caller says and adds what the server sets', () => {
    const server: Appointment = {
      resourceType: 'Appointment',
      meta: { profile: ['cita'] },
      status: 'booked',
      created: '2026-11-01T00:00:00Z',
      comment: 'phone',
      participant: [{ actor: { reference: 'Patient/p' }, status: 'accepted' }],
    };
    expect(layOver(written, undefined, server)).toEqual({
      ...written,
      meta: { profile: ['own', 'cita'] },
      created: '2026-11-01T00:00:00Z',
    });
  });

  it('takes from the server only what it changes, and not over what the caller changes', () => {
    const base: Appointment = { ...written, comment: 'antes', extension: [{ url: 'a', valueString: '1' }] };
    const own: Appointment = { ...base, status: 'noshow', comment: 'después' };
    const server: Appointment = {
      ...base,
      status: 'noshow',
      description: 'del servidor',
      comment: 'del servidor',
      extension: [
        { url: 'a', valueString: '1' },
        { url: 'b', valueString: '2' },
      ],
    };
    const laid = layOver(own, base, server);
    expect(laid).toMatchObject({ status: 'noshow', comment: 'después', description: 'del servidor' });
    expect(laid.extension).toEqual(server.extension);
    const told = { ...own, extension: [...(base.extension ?? []), { url: 'b', valueString: 'propio' }] };
    expect(layOver(told, base, server).extension).toEqual(told.extension);
  });
});
