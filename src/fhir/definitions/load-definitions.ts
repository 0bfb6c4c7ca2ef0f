import type { StructureDefinition } from '@medplum/fhirtypes';
import { readDefinitionFiles, type DefinitionFiles } from './definition-files.js';
import type { Definitions, RequiredBinding, SearchParameterDefinition } from './definitions.js';
import { requiredBindings } from './required-bindings.js';
import { createTerminology } from './terminology.js';

/** Parameters of every type (base `Resource`), written for one type. */
const COMMON: string = 'Resource';

function searchParameterTable(files: DefinitionFiles): ReadonlyMap<string, Map<string, SearchParameterDefinition>> {
  const table = new Map(files.served.map((type) => [type, new Map<string, SearchParameterDefinition>()]));
  for (const parameter of files.searchParameters) {
    const { code, type, url, expression = '', target = [], base, description, component = [] } = parameter;
    for (const name of base[0] === COMMON ? files.served : base) {
      table.get(name)?.set(code, {
        code,
        type,
        expression: expression.replace(/\bResource\./g, `${name}.`),
        targets: target,
        url,
        description,
        ...(component.length > 0 ? { components: component } : {}),
      });
    }
  }
  return table;
}

/** Definitions out of files. */
export function definitionsFrom(files: DefinitionFiles): Definitions {
  const terminology = createTerminology(files.codeSystems, files.valueSets);
  const structures = new Map(files.base.map((structure) => [structure.id ?? structure.type, structure]));
  const guide = new Map(files.guide.map((structure) => [structure.url, structure]));
  const parameters = searchParameterTable(files);
  const served = new Set(files.served);
  const compartment = new Map<string, readonly string[]>(
    files.patientCompartment.resource?.map((row) => [row.code, row.param ?? []]),
  );
  const bindings = new Map<StructureDefinition, readonly RequiredBinding[]>();
  const isExtension = (structure: StructureDefinition): boolean => structure.type === 'Extension';

  return {
    resourceTypes: files.served,
    isResourceType: (type) => served.has(type),
    base: files.base,
    structure: (type) => structures.get(type),
    profile: (url) => guide.get(url),
    profiles: files.guide.filter((structure) => !isExtension(structure)),
    extensions: files.guide.filter(isExtension),
    searchParameters: (type) => parameters.get(type) ?? new Map<string, SearchParameterDefinition>(),
    requiredBindings(type) {
      const structure = structures.get(type) ?? guide.get(type);
      if (!structure) return [];
      const rows = bindings.get(structure) ?? requiredBindings(structure, terminology);
      bindings.set(structure, rows);
      return rows;
    },
    patientCompartment: (type) => compartment.get(type) ?? [],
    display: (system, code, language) => terminology.display(system, code, language),
    codes: (system) => terminology.codes(system),
    relatedCodes: (system, code, direction) => terminology.related(system, code, direction),
    terminology,
    published: [
      ...files.base,
      ...files.guide,
      ...files.valueSets,
      ...files.codeSystems,
      ...files.conceptMaps,
      ...files.searchParameters,
    ],
    valueSetCodes: (valueSet) => terminology.expand(valueSet),
  };
}

let own: Definitions | undefined;

/** Definitions of the service, from its own files, without a database or network: read once per process. */
export const loadDefinitions = (): Definitions => (own ??= definitionsFrom(readDefinitionFiles()));
