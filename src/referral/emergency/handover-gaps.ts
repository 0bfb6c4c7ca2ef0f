import type { ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import type { Finding } from '../../errors.js';
import type { Words } from '../../words.js';
import { sendingConditions } from '../send-referral.js';
import { objectsIn } from '../untrusted.js';

interface HandoverPart extends Words {
  /** Parts of the extension `handover`, any one of which says it; none: an extension of its own. */
  readonly parts: readonly string[];
}

/** What travels with an emergency (referral-anchors 2.3, T30; LN23:2019 7.2.4). Its lack is told, and stops nobody. */
const HANDOVER: readonly HandoverPart[] = [
  {
    es: 'estado ABCDE',
    en: 'ABCDE state',
    parts: ['airway', 'breathing', 'circulation', 'neurological', 'exposure'],
  },
  { es: 'signos vitales', en: 'vital signs', parts: ['vital-signs'] },
  { es: 'tratamiento dado', en: 'treatment given', parts: ['treatment'] },
  { es: 'hora de la llamada al destino', en: 'time of the call to the destination', parts: ['call-time'] },
  { es: 'con quién se habló', en: 'whom one spoke to', parts: ['call-name'] },
];
const TRANSPORT: Words = { es: 'medio de traslado', en: 'means of transport' };

/** What of the handover an order lacks, in words; nothing for an order that is no emergency. */
export function handoverGaps(order: ServiceRequest): readonly Words[] {
  if (!sendingConditions(order).includes('emergency')) return [];
  const all = objectsIn(order.extension);
  const said = new Set(
    all
      .filter(({ url }) => url === extensionUrl('handover'))
      .flatMap(({ extension }) => objectsIn(extension).map(({ url }) => url)),
  );
  const lacking: readonly Words[] = HANDOVER.filter(({ parts }) => !parts.some((part) => said.has(part)));
  return all.some(({ url }) => url === extensionUrl('transport')) ? lacking : [...lacking, TRANSPORT];
}

/** Warning for whoever sends an emergency without all of its handover. */
export function handoverWarnings(order: ServiceRequest): Finding[] {
  const gaps = handoverGaps(order);
  if (gaps.length === 0) return [];
  const [es, en] = [gaps.map((gap) => gap.es).join(', '), gaps.map((gap) => gap.en).join(', ')];
  return [
    { code: 'handover-incomplete', severity: 'warning', params: { es, en }, expression: 'ServiceRequest.extension' },
  ];
}
