import type { Extension, Organization, Reference, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import { localTarget } from '../fhir/references.js';
import type { Work } from '../store/envelope.js';
import { type Clock, isClock } from './clocks.js';
import { ALL_LEVELS, isLevel, type Level } from './deadlines/levels.js';
import { isUnit, type Unit } from './deadlines/units.js';
import { objectsIn } from './untrusted.js';

/** A clock that stands still while another one runs. */
export interface PausedClock {
  readonly clock: Clock;
  /** What was left of it, in whole minutes of its unit; negative when it had run out so long ago. */
  readonly left: number;
  readonly unit: Unit;
  /** Organization ids that were told that it had run out. */
  readonly told: readonly string[];
  /** Level that was to be told next; none when there was no further one. */
  readonly next?: Level;
}

/** What is known of the running clock of a leg beside its period. */
export interface LegClock {
  /** Edition of the deadlines under which it started. */
  readonly edition: number;
  readonly unit: Unit;
  /** When the next level is told that it is overdue; none when there is no further one. */
  readonly escalates?: Date;
  /** Organization ids that were told, in their order. */
  readonly told: readonly string[];
  readonly paused?: PausedClock;
}

const URL = extensionUrl('clock');

const partOf = (extension: Extension, name: string): Extension | undefined =>
  objectsIn(extension.extension).find(({ url }) => url === name);

function dateOf(text: string | undefined): Date | undefined {
  const date = typeof text === 'string' ? new Date(text) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function pausedOf(extension: Extension): PausedClock | undefined {
  const clock = partOf(extension, 'paused')?.valueCode;
  const unit = partOf(extension, 'pausedUnit')?.valueCode;
  const left = partOf(extension, 'left')?.valueDuration?.value;
  if (!isClock(clock) || !isUnit(unit) || typeof left !== 'number') return undefined;
  const told = toldIn(extension, 'pausedTold');
  const next = partOf(extension, 'pausedNext')?.valueCode;
  // A pause from before there was this part had told nobody that it knew of.
  const first = told.length === 0 && next === undefined ? ALL_LEVELS[0] : undefined;
  const level = isLevel(next) ? next : first;
  return { clock, unit, left, told, ...(level ? { next: level } : {}) };
}

const toldIn = (extension: Extension, part: string): readonly string[] =>
  objectsIn(extension.extension).flatMap(({ url, valueReference }) => {
    const target = url === part ? localTarget(valueReference?.reference ?? '') : undefined;
    return target?.type === 'Organization' ? [target.id] : [];
  });

/** The extension `clock` of a leg, as far as it can be understood; undefined for a leg from before there was one. */
export function readClock(task: Task): LegClock | undefined {
  const extension = objectsIn(task.extension).find(({ url }) => url === URL);
  if (!extension) return undefined;
  const unit = partOf(extension, 'unit')?.valueCode;
  const escalates = dateOf(partOf(extension, 'escalates')?.valueDateTime);
  const told = toldIn(extension, 'told');
  const paused = pausedOf(extension);
  return {
    edition: Number(partOf(extension, 'edition')?.valueString ?? Number.NaN),
    unit: isUnit(unit) ? unit : 'elapsed-hours',
    told,
    ...(escalates ? { escalates } : {}),
    ...(paused ? { paused } : {}),
  };
}

const organization = (id: string): Reference<Organization> => ({ reference: `Organization/${id}` });

const toExtension = ({ edition, unit, escalates, told, paused }: LegClock): Extension => ({
  url: URL,
  extension: [
    { url: 'edition', valueString: String(edition) },
    { url: 'unit', valueCode: unit },
    ...(escalates ? [{ url: 'escalates', valueDateTime: escalates.toISOString() }] : []),
    ...told.map((id): Extension => ({ url: 'told', valueReference: organization(id) })),
    ...(paused
      ? [
          { url: 'paused', valueCode: paused.clock },
          {
            url: 'left',
            valueDuration: { value: paused.left, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
          },
          { url: 'pausedUnit', valueCode: paused.unit },
          ...paused.told.map((id): Extension => ({ url: 'pausedTold', valueReference: organization(id) })),
          ...(paused.next ? [{ url: 'pausedNext', valueCode: paused.next }] : []),
        ]
      : []),
  ],
});

/** When the next level is told of an open leg or notice, and who has been; without a clock of its own, when its term ends. */
export function watchOf(task: Task): Pick<Work, 'escalates' | 'escalated'> {
  const clock = readClock(task);
  const end = task.restriction?.period?.end;
  const escalates = clock ? clock.escalates : end === undefined ? undefined : new Date(end);
  const told = clock?.told ?? [];
  return { ...(escalates ? { escalates } : {}), ...(told.length > 0 ? { escalated: told } : {}) };
}

/** The same leg with this clock, or without one. */
export function withClock(task: Task, clock: LegClock | undefined): Task {
  const { extension, ...rest } = task;
  const all = [...objectsIn(extension).filter(({ url }) => url !== URL), ...(clock ? [toExtension(clock)] : [])];
  return all.length > 0 ? { ...rest, extension: all } : rest;
}
