import { instantIn } from '../config/honduras-time.js';
import { filledValues } from '../referral/hc10/filled-values.js';
import type { Hc10Field, Hc10Values } from '../referral/hc10/hc10-fields.js';
import { MINUTE } from '../seed/history/calendar.js';
import type { DemoCase } from './demo-data.js';

/** The destination is called this long before the form is written. */
const CALL_MS = 15 * MINUTE;

/** Field of form HC-10 of each vital sign of seed/demo-cases.json. */
const SIGNS: Readonly<Record<string, Hc10Field>> = {
  systolic: 'pa-sistolica',
  diastolic: 'pa-diastolica',
  pulse: 'fc',
  breaths: 'fr',
  temperature: 'temperatura',
  saturation: 'saturacion',
  weight: 'peso',
  height: 'talla',
};

function signs({ vitals }: DemoCase): Hc10Values {
  const values = Object.entries(vitals).map(([name, value]) => {
    const field = SIGNS[name];
    if (!field) throw new RangeError(`no vital sign ${name}`);
    return [field, String(value)] as const;
  });
  return Object.fromEntries(values);
}

type Texts = Partial<Record<Hc10Field, string | undefined>>;
const contactOf = ({ contact }: DemoCase, called: string): Texts =>
  contact
    ? {
        contacto: 'true',
        'contacto-nombre': contact.name,
        'contacto-cargo': contact.post,
        'contacto-hora': called,
      }
    : {};

function handoverOf({ handover, contact }: DemoCase, called: string, written: Date): Texts {
  if (!handover) return {};
  return {
    'via-aerea': handover.airway,
    respiracion: handover.breathing,
    circulacion: handover.circulation,
    conciencia: handover.neurological,
    exposicion: handover.exposure,
    tratamiento: handover.treatment.join('\n'),
    'llamada-hora': called,
    'llamada-nombre': contact?.name,
    salida: instantIn(written),
  };
}

/** A case of the demonstration as a filled form HC-10. Throws RangeError for a sign that the form does not have. */
export function caseForm(each: DemoCase, written: Date): Hc10Values {
  const called = instantIn(new Date(written.getTime() - CALL_MS));
  const { companion } = each;
  return {
    ...signs(each),
    ...filledValues({
      pregunta: each.question,
      justificacion: each.urgency,
      resumen: each.summary,
      riesgo: each.risk,
      amerita: each.care,
      traslado: each.transport,
      'acompanante-nombre': companion?.name,
      'acompanante-parentesco': companion?.relationship,
      'acompanante-telefono': companion?.phone,
      'acompanante-direccion': companion?.address,
      ...contactOf(each, called),
      ...handoverOf(each, called, written),
    }),
  };
}
