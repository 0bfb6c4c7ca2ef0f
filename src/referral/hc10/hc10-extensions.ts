import type { Extension, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import type { Hc10Place } from './hc10-field.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, hc10Row, type Hc10Values } from './hc10-fields.js';

type ExtensionPlace = Extract<Hc10Place, { in: 'extension' }>;
interface Placed {
  readonly field: Hc10Field;
  readonly at: ExtensionPlace;
}

const placed = (placeOf: (field: Hc10Field) => Hc10Place | undefined): readonly Placed[] =>
  ALL_HC10_FIELDS.flatMap((field) => {
    const at = placeOf(field);
    return at?.in === 'extension' ? [{ field, at }] : [];
  });

/** Fields that are extensions of the order, and of the Composition of an answer. */
const PLACED = { order: placed((field) => hc10Row(field).at), answer: placed(answerPlace) } as const;
/** What carries the extensions. */
export type ExtendedSheet = keyof typeof PLACED;

const groupOf = ({ id, nth = 0 }: ExtensionPlace): string => `${id} ${nth}`;

/** One value as the FHIR data type of its place. */
function valueOf({ value }: ExtensionPlace, text: string): Partial<Extension> {
  if (value === 'boolean') return { valueBoolean: text === 'true' };
  return value === 'dateTime' ? { valueDateTime: text } : { valueString: text };
}

/** Code and words of one field and its "which one" beside it are one concept. */
function conceptOf(id: string, filled: readonly { at: ExtensionPlace; text: string }[]): Extension {
  const code = filled.find(({ at }) => at.value === 'code')?.text;
  const text = filled.find(({ at }) => at.value === 'text')?.text;
  return {
    url: extensionUrl(id),
    valueCodeableConcept: {
      ...(code === undefined ? {} : { coding: [{ system: codeSystemUrl(id), code }] }),
      ...(text === undefined ? {} : { text }),
    },
  };
}

const isConcept = ({ value }: ExtensionPlace): boolean => value === 'code' || value === 'text';

/**
 * Extensions of the order or the answer that a form fills. Words without their code are left out: the code is what others
 * can read.
 * @param more parts for an extension that some field fills, by its id (the handover refers to the vital signs)
 */
export function hc10Extensions(
  values: Hc10Values,
  more: Readonly<Record<string, readonly Extension[]>> = {},
  sheet: ExtendedSheet = 'order',
): Extension[] {
  const fields = PLACED[sheet];
  return [...new Set(fields.map(({ at }) => groupOf(at)))].flatMap((group): Extension[] => {
    const filled = fields
      .filter(({ at }) => groupOf(at) === group)
      .flatMap(({ field, at }) => {
        const text = values[field];
        return text === undefined ? [] : [{ at, text }];
      });
    const [first] = filled;
    if (!first) return [];
    const { id, part } = first.at;
    if (isConcept(first.at)) return first.at.value === 'code' ? [conceptOf(id, filled)] : [];
    if (part === undefined) return [{ url: extensionUrl(id), ...valueOf(first.at, first.text) }];
    const parts = filled.map(({ at, text }) => ({ url: at.part ?? '', ...valueOf(at, text) }));
    return [{ url: extensionUrl(id), extension: [...parts, ...(more[id] ?? [])] }];
  });
}

function textOf(extension: Extension | undefined, { value }: ExtensionPlace): string | undefined {
  const concept = extension?.valueCodeableConcept;
  if (value === 'code') return concept?.coding?.[0]?.code;
  if (value === 'text') return concept?.text;
  return extension?.valueString ?? extension?.valueDateTime ?? extension?.valueBoolean?.toString();
}

/** The same read back from an order or the Composition of an answer. */
export function readHc10Extensions(
  { extension = [] }: Pick<ServiceRequest, 'extension'>,
  sheet: ExtendedSheet = 'order',
): Hc10Values {
  const found = PLACED[sheet].flatMap(({ field, at }) => {
    const whole = extension.filter(({ url }) => url === extensionUrl(at.id))[at.nth ?? 0];
    const parts = (whole?.extension ?? []).filter(({ url }) => url === at.part);
    const texts = (at.part === undefined ? [whole] : parts).flatMap((one) => textOf(one, at) ?? []);
    return texts.length > 0 ? [[field, texts.join('\n')] as const] : [];
  });
  return Object.fromEntries(found);
}
