import { describe, expect, it } from 'vitest';
import type { Task } from '@medplum/fhirtypes';
import { formScene } from '../../../../test/support/form-scene.js';
import { ioType, stateConcept, TASK_CODES } from '../../../referral/vocabulary.js';
import { fileName } from './attachment.js';
import { legsInOrder } from './referral-view.js';

const leg = (id: string, previous?: string): Task & { id: string } => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  code: TASK_CODES.fulfill,
  businessStatus: stateConcept('sent'),
  ...(previous === undefined
    ? {}
    : { input: [{ type: ioType('previous-task'), valueReference: { reference: `Task/${previous}` } }] }),
});

describe('the view of a referral', () => {
  it('puts the legs in the order in which they follow each other', () => {
    const ids = (...tasks: (Task & { id: string })[]) => legsInOrder(tasks).map(({ id }) => id);
    expect(ids(leg('c', 'b'), leg('a'), leg('b', 'a'))).toEqual(['a', 'b', 'c']);
    expect(ids()).toEqual([]);
    // Two that name each other have no first one; nothing turns in circles.
    expect(ids(leg('a', 'b'), leg('b', 'a'))).toEqual([]);
  });

  it('knows sides, side Tasks and what stands behind a reference', () => {
    const { view } = formScene();
    expect(view.sides).toEqual({ origin: 'origin', destination: 'hospital', patient: 'p' });
    expect(view.side).toBe('destination');
    expect(view.leg?.id).toBe('leg');
    expect(view.sideTasks('follow-up').map(({ id }) => id)).toEqual(['plan']);
    expect(view.find('Patient', 'Patient/p')?.id).toBe('p');
    expect(view.find('Organization', 'Patient/p')).toBeUndefined();
    expect(view.any({ reference: 'Patient/q' })).toBeUndefined();
    expect(view.facilityName('unknown')).toBe('unknown');
  });
});

describe('names of saved files', () => {
  it.each([
    ['Radiografía de tórax, informe', 'application/pdf', 'Radiografía de tórax informe.pdf'],
    ['../../etc/passwd', 'text/html', 'etcpasswd.bin'],
    ['"\r\n', 'image/png', 'adjunto.png'],
  ])('%p of %s is %p', (title, type, name) => {
    expect(fileName(title, type)).toBe(name);
  });
});
