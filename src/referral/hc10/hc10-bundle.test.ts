import type { Observation, ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { extensionUrl, SID } from '../../config/canonical.js';
import { loadDefinitions } from '../../fhir/definitions/load-definitions.js';
import { createValidator } from '../../fhir/validation/create-validator.js';
import { demandedProfiles } from '../demanded-profiles.js';
import { hc10Bundle } from './hc10-bundle.js';
import type { Hc10Case } from './hc10-case.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row, type Hc10Values, isOrderField } from './hc10-fields.js';
import { readHc10Observations } from './hc10-observations.js';
import { isInterconsulta, motivesOf, readHc10Order } from './hc10-order.js';

const validator = createValidator(loadDefinitions(), { demandedProfiles });

const form = (values: Hc10Values, more: Partial<Hc10Case> = {}): Hc10Case => ({
  placer: 'F-1',
  written: new Date('2026-11-22T16:00:00Z'),
  patient: { reference: 'Patient/1' },
  author: { reference: 'PractitionerRole/2' },
  origin: { reference: 'Organization/3' },
  destination: { reference: 'Organization/4' },
  specialty: { code: 'cardiologia', display: 'Cardiología' },
  priority: 'routine',
  motives: ['diagnostico', 'tratamiento'],
  values,
  diagnosis: { text: 'Dolor torácico' },
  ...more,
});

const resourcesOf = (one: Hc10Case) => (hc10Bundle(one).entry ?? []).flatMap(({ resource }) => resource ?? []);
const orderOf = (one: Hc10Case): ServiceRequest => resourcesOf(one).at(-1) as ServiceRequest;

/** What the Bundle says, read back by the same table. */
function readBack(one: Hc10Case): Hc10Values {
  const observations = resourcesOf(one).filter(
    (resource): resource is Observation => resource.resourceType === 'Observation',
  );
  return { ...readHc10Observations(observations), ...readHc10Order(orderOf(one)) };
}

/** A value of each kind that every field of the kind takes. */
const EXAMPLES: Partial<Record<string, string>> = {
  line: 'Una línea',
  text: 'Un texto\nde dos líneas',
  number: '30',
  day: '2026-10-01',
  moment: '2026-11-22T09:30:00-06:00',
  'yes-no': 'true',
};
const CODES: Partial<Record<Hc10Field, string>> = {
  clase: 'interconsulta',
  impresion: 'anterior',
  'autor-categoria': 'otro',
  'agente-tipo': 'acs',
  'obs-etapa': 'puerperio',
  'obs-rh': 'negativo',
  'gestante-senales': 'sangrado fiebre',
  'nino-senales': 'no-mama',
  riesgo: 'con-riesgo',
  amerita: 'otros',
  traslado: 'ambulance',
  prioridad: 'routine',
  especialidad: 'cardiologia',
};
const WRITTEN = ALL_HC10_FIELDS.filter((field) => isOrderField(field) && field !== 'motivo' && field !== 'diagnostico');
const full: Hc10Values = Object.fromEntries(
  WRITTEN.map((field) => [field, CODES[field] ?? EXAMPLES[hc10Row(field).kind] ?? '']),
);

describe('hc10Bundle', () => {
  it('holds every field of the form, and gives each back as it was', () => {
    expect(readBack(form(full))).toEqual(full);
  });

  it.each(WRITTEN.filter((field) => !/^(acompanante2|riesgo-cual|amerita-otro|autor-otro)/.test(field)))(
    '%s alone is written and read',
    (field) => {
      const value = full[field];
      expect(readBack(form({ [field]: value }))[field]).toBe(value);
    },
  );

  it('is valid by the guide, whole and in its smallest form', () => {
    const errors = [form(full), form({}), form({}, { priority: 'stat', values: { justificacion: 'Grave' } })].flatMap(
      (one) =>
        resourcesOf(one).flatMap((resource) =>
          validator.validate(resource).filter(({ severity }) => severity === undefined || severity === 'error'),
        ),
    );
    expect(errors).toEqual([]);
  });

  it('orders: the order last, with the motives, the placer number and all that goes along', () => {
    const order = orderOf(
      form(full, {
        allergies: [{ resourceType: 'AllergyIntolerance', code: { text: 'Látex' } }],
        studies: [{ code: '718-7', display: 'Hemoglobina', category: 'laboratory', reason: 'Control' }],
        attached: [{ reference: 'Observation/9' }],
      }),
    );
    expect(motivesOf(order)).toEqual(['diagnostico', 'tratamiento']);
    expect(order.identifier).toEqual([{ system: SID.placer, value: 'F-1', assigner: { reference: 'Organization/3' } }]);
    expect(order.supportingInfo?.at(-1)).toEqual({ reference: 'Observation/9' });
    const links = new Set((hc10Bundle(form(full)).entry ?? []).map(({ fullUrl }) => fullUrl));
    expect(links.size).toBe(hc10Bundle(form(full)).entry?.length);
  });

  it('an interconsulta leaves the patient with the origin: two categories, a proposal', () => {
    const order = orderOf(form({ clase: 'interconsulta' }));
    expect(order.intent).toBe('proposal');
    expect(order.category?.flatMap(({ coding }) => coding?.map(({ code }) => code))).toEqual([
      'referencia',
      'interconsulta',
    ]);
    expect(isInterconsulta(order)).toBe(true);
    expect(orderOf(form({}))).toMatchObject({ intent: 'order' });
    expect(isInterconsulta(orderOf(form({})))).toBe(false);
  });

  it('gives the same links for the same number: a repeat says the same', () => {
    expect(hc10Bundle(form(full))).toEqual(hc10Bundle(form(full)));
  });

  it('names the signs in the handover, and only there', () => {
    const handover = orderOf(form({ fc: '90', 'via-aerea': 'Libre' })).extension?.find(
      ({ url }) => url === extensionUrl('handover'),
    );
    expect(handover?.extension?.map(({ url }) => url)).toEqual(['airway', 'vital-signs']);
    expect(orderOf(form({ fc: '90' })).extension).toBeUndefined();
  });

  it('keeps any text as it is: accents, quotes, emoji, lines', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((one) => one.trim() === one && one !== '');
    const texts = WRITTEN.filter((field) => hc10Row(field).kind === 'text');
    fc.assert(
      fc.property(fc.constantFrom(...texts), text, (field, written) => {
        expect(readBack(form({ [field]: written }))[field]).toBe(written);
      }),
    );
  });
});
