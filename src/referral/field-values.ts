import type { CodeableConcept, ParametersParameter, Reference, Resource } from '@medplum/fhirtypes';

/** The concept a parameter carries, whichever of its forms it came in; free text becomes `text`. */
export function conceptIn(parameter: ParametersParameter): CodeableConcept | undefined {
  if (parameter.valueCodeableConcept) return parameter.valueCodeableConcept;
  if (parameter.valueCoding) return { coding: [parameter.valueCoding] };
  if (parameter.valueCode !== undefined) return { coding: [{ code: parameter.valueCode }] };
  return parameter.valueString === undefined ? undefined : { text: parameter.valueString };
}

/** Inputs of an operation, checked against its rows by `readFields`; read by name. */
export class FieldValues {
  constructor(private readonly parameters: readonly ParametersParameter[]) {}

  all(name: string): readonly ParametersParameter[] {
    return this.parameters.filter((parameter) => parameter.name === name);
  }

  private one(name: string): ParametersParameter | undefined {
    return this.parameters.find((parameter) => parameter.name === name);
  }

  has(name: string): boolean {
    return this.one(name) !== undefined;
  }

  text(name: string): string | undefined {
    return this.one(name)?.valueString;
  }

  boolean(name: string): boolean | undefined {
    return this.one(name)?.valueBoolean;
  }

  integer(name: string): number | undefined {
    const parameter = this.one(name);
    return parameter?.valueInteger ?? parameter?.valuePositiveInt;
  }

  /** Dates `YYYY-MM-DD`; R4 allows a year or a month alone. */
  dates(name: string): string[] {
    return this.all(name).flatMap(({ valueDate }) => valueDate ?? []);
  }

  /** Hour of the day, `HH:MM:SS`. */
  clock(name: string): string | undefined {
    return this.one(name)?.valueTime;
  }

  codes(name: string): string[] {
    return this.concepts(name).flatMap(({ coding }) => coding?.[0]?.code ?? []);
  }

  /** Date and time as written. */
  time(name: string): string | undefined {
    const parameter = this.one(name);
    return parameter?.valueInstant ?? parameter?.valueDateTime;
  }

  concept(name: string): CodeableConcept | undefined {
    return this.concepts(name)[0];
  }

  concepts(name: string): CodeableConcept[] {
    return this.all(name).flatMap((parameter) => conceptIn(parameter) ?? []);
  }

  code(name: string): string | undefined {
    return this.concept(name)?.coding?.[0]?.code;
  }

  reference<T extends Resource = Resource>(name: string): Reference<T> | undefined {
    return this.references<T>(name)[0];
  }

  references<T extends Resource = Resource>(name: string): Reference<T>[] {
    return this.all(name).flatMap(({ valueReference }) => (valueReference ? [valueReference as Reference<T>] : []));
  }

  resource(name: string): Resource | undefined {
    return this.one(name)?.resource;
  }

  /** Parts of each repetition of a parameter. */
  parts(name: string): FieldValues[] {
    return this.all(name).map(({ part }) => new FieldValues(part ?? []));
  }
}
