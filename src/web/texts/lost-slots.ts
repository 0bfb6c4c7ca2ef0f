import type { Texts } from '../language.js';

/** Texts of the free slots of today and tomorrow at the reception ("cupo perdido", LN23:2019 8.3.3). */
export const LOST_SLOTS = {
  title: { es: 'Cupos libres de hoy y mañana', en: 'Free slots of today and tomorrow' },
  text: {
    es: 'Ofrézcalos a quien llega sin cita, o a quien sigue en la lista de espera.',
    en: 'Offer them to whoever comes without an appointment, or to who is next in the waiting list.',
  },
  none: { es: 'No hay cupos libres hoy ni mañana.', en: 'There are no free slots today or tomorrow.' },
  caption: { es: '{n} cupos libres', en: '{n} free slots' },
  captionOne: { es: '1 cupo libre', en: '1 free slot' },
  cut: { es: 'Los primeros {n} de {total}.', en: 'The first {n} of {total}.' },
  when: { es: 'Cuándo', en: 'When' },
  service: { es: 'Servicio y lugar', en: 'Service and place' },
  next: { es: 'Sigue en la fila', en: 'Next in the queue' },
  freed: { es: 'Cupo perdido', en: 'Given up' },
  nobody: { es: 'Nadie espera este servicio', en: 'Nobody waits for this service' },
  give: { es: 'Dar este cupo', en: 'Give this slot' },
  offer: { es: 'Cupos libres para esta persona', en: 'Free slots for this person' },
} as const satisfies Texts;
