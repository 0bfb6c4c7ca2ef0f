import type { ParametersParameter } from '@medplum/fhirtypes';

/** Text of a value, whatever its form: what a table shows. */
function textOf(parameter: ParametersParameter | undefined): string {
  if (!parameter) return '';
  const { valueString, valueCode, valueDateTime, valueDate, valueInteger, valueUri, valueUrl, valueReference } =
    parameter;
  const text = valueString ?? valueCode ?? valueDateTime ?? valueDate ?? valueUri ?? valueUrl;
  return text ?? valueReference?.reference ?? valueInteger?.toString() ?? '';
}

/** Reads the parts of a parameter by name; empty for a part that is not there. */
export const partReader =
  ({ part = [] }: ParametersParameter) =>
  (name: string): string =>
    textOf(part.find((each) => each.name === name));
