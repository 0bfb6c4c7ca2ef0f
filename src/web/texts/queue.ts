import type { Texts } from '../language.js';

/** Texts of the move by hand in the waiting list. */
export const QUEUE = {
  title: { es: 'Mover en la fila', en: 'Move in the queue' },
  link: { es: 'Mover a mano en la lista de espera', en: 'Move by hand in the waiting list' },
  event: { es: 'Movida a mano en la lista de espera', en: 'Moved by hand in the waiting list' },
  intro: {
    es: 'Un movimiento a mano no cambia la prioridad clínica: la persona pasa al principio o al final de las de su misma prioridad. Su nombre y el motivo quedan a la vista de la red y de la región.',
    en: 'A move by hand does not change the clinical priority: the person goes to the front or the end of those of the same priority. Your name and the reason are seen by the network and the region.',
  },
  direction: { es: '¿A dónde pasa?', en: 'Where does it go?' },
  chooseDirection: { es: 'Elija a dónde pasa.', en: 'Choose where it goes.' },
  reason: { es: '¿Por qué?', en: 'Why?' },
  reasonHint: { es: 'Sin datos clínicos.', en: 'No clinical data.' },
  noReason: { es: 'Escriba por qué.', en: 'Write why.' },
  send: { es: 'Mover', en: 'Move' },
  done: { es: 'Quedó movida en la lista de espera.', en: 'It was moved in the waiting list.' },
} as const satisfies Texts;
