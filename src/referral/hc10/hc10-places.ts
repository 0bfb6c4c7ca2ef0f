import type { AnswerSectionCode } from '../answer-section.js';
import type { Hc10Panel, Hc10Place } from './hc10-field.js';
import type { Measure } from './vital-signs.js';

/** Code system of the guide for the items of the attachments that LOINC has no code for. */
export const ITEM_SYSTEM = 'hc10-item';

type ObservationPlace = Extract<Hc10Place, { in: 'observation' }>;
type ExtensionValue = Extract<Hc10Place, { in: 'extension' }>['value'];

export const element = (path: string): Hc10Place => ({ in: 'element', path });
export const record = (path: string): Hc10Place => ({ in: 'record', path });
export const section = (code: AnswerSectionCode): Hc10Place => ({ in: 'section', code });

export const extension = (id: string, value: ExtensionValue, part?: string, nth = 0): Hc10Place => ({
  in: 'extension',
  id,
  value,
  nth,
  ...(part === undefined ? {} : { part }),
});

export const sign = (measure: Measure, of?: Hc10Panel): Hc10Place => ({
  in: 'observation',
  code: measure.code,
  display: measure.display,
  value: 'Quantity',
  category: 'vital-signs',
  measure,
  ...(of ? { of } : {}),
});

export const obstetric = (code: string, display: string, value: 'integer' | 'dateTime' = 'integer'): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value,
  category: 'social-history',
});

/** Findings by region are parts of one examination. */
export const EXAM_PANEL: Hc10Panel = { code: '29545-1', display: 'Examen físico' };
export const region = (code: string, display: string): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value: 'string',
  category: 'exam',
  of: EXAM_PANEL,
});

export const told = (code: string, display: string, value: 'string' | 'integer' = 'string'): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value,
  category: 'exam',
});

/** An item of an attachment: a component of the one observation that the attachment is. */
export const item = (
  code: string,
  display: string,
  value: Exclude<ObservationPlace['value'], 'Quantity'>,
  of: Hc10Panel,
): Hc10Place => ({ in: 'observation', system: ITEM_SYSTEM, code, display, value, category: 'survey', of });
