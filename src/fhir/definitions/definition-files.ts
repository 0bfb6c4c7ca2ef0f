import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CodeSystem,
  CompartmentDefinition,
  ConceptMap,
  Resource,
  SearchParameter,
  StructureDefinition,
  ValueSet,
} from '@medplum/fhirtypes';
import { packageRoot } from '../../config/paths.js';

/** Everything that the definition files hold, as read. */
export interface DefinitionFiles {
  /** Resource types of the API, in the order of the CapabilityStatement. */
  readonly served: readonly string[];
  /** Data types, resource types and abstract types of R4, trimmed. */
  readonly base: readonly StructureDefinition[];
  /** Profiles and extensions of the national guide. */
  readonly guide: readonly StructureDefinition[];
  readonly valueSets: readonly ValueSet[];
  readonly codeSystems: readonly CodeSystem[];
  /** Maps of the national guide. */
  readonly conceptMaps: readonly ConceptMap[];
  /** One per type and code (the unions are already split); those of the national guide are last. */
  readonly searchParameters: readonly SearchParameter[];
  readonly patientCompartment: CompartmentDefinition;
}

const ofType = <T extends Resource>(resources: readonly Resource[], type: T['resourceType']): readonly T[] =>
  resources.filter((resource): resource is T => resource.resourceType === type);

function readBase(folder: string, file: string): Resource[] {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Resource);
}

function readGuide(folder: string): Resource[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resource);
}

/**
 * Reads the trimmed R4 definitions (`profiles/base`, made by scripts/build-definitions.mjs) and the national guide
 * (`profiles/compiled`, absent before the guide is first compiled).
 * @throws Error of node:fs or SyntaxError when a file of the service itself is missing or broken
 */
export function readDefinitionFiles(root: string = packageRoot): DefinitionFiles {
  const folder = join(root, 'profiles', 'base');
  const { served } = JSON.parse(readFileSync(join(folder, 'supported-types.json'), 'utf8')) as { served: string[] };
  const guide = readGuide(join(root, 'profiles', 'compiled'));
  const structures = [...readBase(folder, 'data-types.ndjson'), ...readBase(folder, 'resources.ndjson')];
  const [patientCompartment] = ofType<CompartmentDefinition>(
    readBase(folder, 'compartments.ndjson'),
    'CompartmentDefinition',
  );
  if (!patientCompartment) throw new Error('compartments.ndjson holds no CompartmentDefinition');
  return {
    served,
    base: ofType<StructureDefinition>(structures, 'StructureDefinition'),
    guide: ofType<StructureDefinition>(guide, 'StructureDefinition'),
    valueSets: ofType<ValueSet>([...readBase(folder, 'value-sets.ndjson'), ...guide], 'ValueSet'),
    codeSystems: ofType<CodeSystem>([...readBase(folder, 'code-systems.ndjson'), ...guide], 'CodeSystem'),
    conceptMaps: ofType<ConceptMap>(guide, 'ConceptMap'),
    searchParameters: ofType<SearchParameter>(
      [...readBase(folder, 'search-parameters.ndjson'), ...guide],
      'SearchParameter',
    ),
    patientCompartment,
  };
}
