import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { Words } from '../../../words.js';

/** A facility as `$track` tells it. */
export interface TrackedFacility {
  readonly name: string;
  readonly phone?: string;
  readonly address?: string;
}

/** Answer of `ServiceRequest/$track`, read. */
export interface TrackedReferral {
  /** ServiceRequest id. */
  readonly id: string;
  readonly number?: string;
  readonly written?: string;
  readonly state: string;
  readonly sentence: Words;
  readonly next: Words;
  readonly todo: Words;
  readonly why?: Words;
  readonly bring?: Words;
  readonly ifWorse?: Words;
  readonly visit?: {
    readonly start: string;
    readonly end?: string;
    readonly place?: string;
    readonly address?: string;
  };
  readonly origin?: TrackedFacility;
  readonly destination?: TrackedFacility;
  /** Whom to call. */
  readonly call?: TrackedFacility;
}

type Part = ParametersParameter | undefined;
const partOf = (parameter: Part, name: string): Part => parameter?.part?.find((one) => one.name === name);
const textOf = (parameter: Part, name: string): string | undefined => partOf(parameter, name)?.valueString;
/** A property that is there only when it has a value. */
const maybe = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

/** Reads the answer of `$track` for the pages. */
export function trackedReferral({ parameter = [] }: Parameters): TrackedReferral {
  const named = (name: string): Part => parameter.find((one) => one.name === name);
  const words = (name: string): Words | undefined => {
    const found = named(name);
    return found && { es: textOf(found, 'es') ?? '', en: textOf(found, 'en') ?? '' };
  };
  const facility = (name: string): TrackedFacility | undefined => {
    const found = named(name);
    return (
      found && {
        name: textOf(found, 'name') ?? '',
        ...maybe('phone', textOf(found, 'phone')),
        ...maybe('address', textOf(found, 'address')),
      }
    );
  };
  const nothing: Words = { es: '', en: '' };
  const appointment = named('appointment');
  const start = partOf(appointment, 'start')?.valueDateTime;
  const sides = { origin: facility('origin'), destination: facility('destination') };
  return {
    id: named('referral')?.valueReference?.reference?.replace('ServiceRequest/', '') ?? '',
    ...maybe('number', named('number')?.valueString),
    ...maybe('written', named('written')?.valueDateTime),
    state: named('state')?.valueCode ?? '',
    sentence: words('sentence') ?? nothing,
    next: words('next') ?? nothing,
    todo: words('todo') ?? nothing,
    ...maybe('why', words('why')),
    ...maybe('bring', words('bring')),
    ...maybe('ifWorse', words('ifWorse')),
    ...(start === undefined
      ? {}
      : {
          visit: {
            start,
            ...maybe('end', partOf(appointment, 'end')?.valueDateTime),
            ...maybe('place', textOf(appointment, 'place')),
            ...maybe('address', textOf(appointment, 'address')),
          },
        }),
    ...maybe('origin', sides.origin),
    ...maybe('destination', sides.destination),
    ...maybe('call', named('call')?.valueCode === 'destination' ? sides.destination : sides.origin),
  };
}
