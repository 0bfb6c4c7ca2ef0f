import type { ElementDefinition, Extension } from '@medplum/fhirtypes';
import type { Definitions } from '../../src/fhir/definitions/definitions.js';

const INTERPRETER = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

const VALUES: Readonly<Record<string, (turn: number) => unknown>> = {
  boolean: () => true,
  code: (turn) => ['yes', 'no', 'unclassified'][turn % 3],
  positiveInt: (turn) => (turn % 3) + 1,
  dateTime: () => '2026-05-03T10:00:00-06:00',
  date: () => '2026-05-03',
  string: (turn) => `texto ${turn}`,
  CodeableConcept: (turn) => ({ coding: [{ system: 'urn:guide', code: `c${turn % 3}`, display: 'Código' }] }),
  Age: (turn) => ({ value: 20 + turn, unit: 'años', system: 'http://unitsofmeasure.org', code: 'a' }),
};

const member = (code: string): string => `value${code.charAt(0).toUpperCase()}${code.slice(1)}`;

function valueOf(element: ElementDefinition | undefined, turn: number): object | undefined {
  const code = element?.max === '0' ? undefined : element?.type?.[0]?.code;
  const make = code === undefined ? undefined : VALUES[code];
  return code !== undefined && make ? { [member(code)]: make(turn) } : undefined;
}

/** The extensions of the national guide that a type may carry at its top, each with a value. */
export function guideExtensions(definitions: Definitions, type: string, turn: number): Extension[] {
  const own = definitions.extensions
    .filter(({ context = [] }) => context.some(({ expression }) => expression === type))
    .flatMap(({ url, snapshot }): Extension[] => {
      const elements = snapshot?.element ?? [];
      const find = (id: string): ElementDefinition | undefined => elements.find((element) => element.id === id);
      const value = valueOf(find('Extension.value[x]'), turn);
      if (value) return [{ url, ...value }];
      const parts = elements.flatMap(({ id = '', sliceName }): Extension[] => {
        const inside = valueOf(find(`${id}.value[x]`), turn);
        return sliceName !== undefined && id === `Extension.extension:${sliceName}` && inside
          ? [{ url: sliceName, ...inside }]
          : [];
      });
      return parts.length > 0 ? [{ url, extension: parts }] : [];
    });
  return type === 'Patient' ? [...own, { url: INTERPRETER, valueBoolean: true }] : own;
}
