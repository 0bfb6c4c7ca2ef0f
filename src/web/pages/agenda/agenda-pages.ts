import type { Page } from '../../page.js';
import { agenda, openSlots } from './agenda.js';

/** Agenda of a facility: its slots. */
export const agendaPages: readonly Page[] = [agenda, openSlots];
