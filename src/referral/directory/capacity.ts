import type { HealthcareService } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';

/** What a measured wait must be for each flag to be believed, days; nothing where any wait fits. */
const BELIEVED = {
  capacity: { most: 30 },
  waitlist: { least: 8 },
  'no-capacity': { least: 15 },
  'assessment-needed': {},
} as const satisfies Record<string, { readonly least?: number; readonly most?: number }>;

export type CapacityStatus = keyof typeof BELIEVED;

/** What a service says of its capacity. */
export interface Capacity {
  readonly status: CapacityStatus;
  readonly note?: string;
  /** FHIR dateTime. */
  readonly date?: string;
}

const isStatus = (code: string | undefined): code is CapacityStatus =>
  code !== undefined && Object.hasOwn(BELIEVED, code);

/** The capacity flag of a service; undefined when it says nothing. */
export function capacityOf({ extension = [] }: Pick<HealthcareService, 'extension'>): Capacity | undefined {
  const parts = extension.find(({ url }) => url === extensionUrl('capacity'))?.extension ?? [];
  const find = (url: string) => parts.find((part) => part.url === url);
  const status = find('status')?.valueCode;
  const note = find('note')?.valueString;
  const date = find('date')?.valueDateTime;
  if (!isStatus(status)) return undefined;
  return { status, ...(note === undefined ? {} : { note }), ...(date === undefined ? {} : { date }) };
}

/**
 * Does the measured wait say something else than the flag? Then both are shown (referral-anchors.md 4.19).
 * @param medianDays measured; undefined while too few were measured, which contradicts nothing
 */
export function isContradicted(capacity: Capacity | undefined, medianDays: number | undefined): boolean {
  if (!capacity || medianDays === undefined) return false;
  const { least = 0, most = Infinity }: { least?: number; most?: number } = BELIEVED[capacity.status];
  return medianDays < least || medianDays > most;
}
