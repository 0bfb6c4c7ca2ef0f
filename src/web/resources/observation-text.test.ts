import { describe, expect, it } from 'vitest';
import type { Observation } from '@medplum/fhirtypes';
import { formScene } from '../../../test/support/form-scene.js';
import { observationText, observationTexts } from './observation-text.js';

const { page } = formScene();
const observation = (more: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Prueba' },
  effectiveDateTime: '2026-11-20',
  ...more,
});
const texts = (more: Partial<Observation>) =>
  observationTexts(page, observation(more)).map(({ name, value }) => `${name}: ${value}`);

describe('observations', () => {
  it('say the value in units of people, and whether it is out of range', () => {
    const high = { interpretation: [{ coding: [{ code: 'H' }] }] };
    expect(texts({ valueQuantity: { value: 37.8, unit: 'Cel' }, ...high })).toEqual(['Prueba: 37.8 °C (alto)']);
    expect(texts({ valueDateTime: '2026-03-02' })).toEqual(['Prueba: 2 mar 2026']);
    const component = [120, 80].map((value) => ({ code: {}, valueQuantity: { value, unit: 'mm[Hg]' } }));
    expect(texts({ component })).toEqual(['Prueba: 120/80 mmHg']);
  });

  it('give each part of an examination its own line', () => {
    const component = [
      { code: { text: 'Tórax' }, valueString: 'Crépitos' },
      { code: { text: 'Abdomen' }, valueString: 'Blando' },
    ];
    expect(texts({ component })).toEqual(['Tórax: Crépitos', 'Abdomen: Blando']);
    expect(observationText(page, observation({ component }))).toEqual({
      name: 'Prueba',
      value: 'Tórax: Crépitos; Abdomen: Blando',
      at: '2026-11-20',
      vital: false,
    });
  });
});
