import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.js';
import type { Finding } from '../../errors.js';
import { CANONICAL_ROOT } from '../../config/canonical.js';

/** What one extension, or one part of a complex extension, may hold. */
interface ExtensionShape {
  /** JSON members allowed for the value, for example `valueBoolean`; empty when it has parts instead. */
  readonly members: ReadonlySet<string>;
  /** Codes of a required binding. */
  readonly codes?: ReadonlySet<string>;
  readonly valueSet?: string;
  readonly parts: ReadonlyMap<string, ExtensionShape>;
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function shapeOf(
  elements: readonly ElementDefinition[],
  prefix: string,
  parts: ReadonlyMap<string, ExtensionShape>,
  definitions: Definitions,
): ExtensionShape {
  const value = elements.find((element) => element.id === `${prefix}.value[x]`);
  const types = value && value.max !== '0' ? (value.type ?? []) : [];
  const valueSet = value?.binding?.strength === 'required' ? value.binding.valueSet : undefined;
  const codes = valueSet ? definitions.valueSetCodes(valueSet) : undefined;
  return {
    members: new Set(types.map(({ code }) => `value${capitalize(code)}`)),
    ...(codes && valueSet ? { codes, valueSet } : {}),
    parts,
  };
}

function shapeOfDefinition(structure: StructureDefinition, definitions: Definitions): ExtensionShape {
  const elements = structure.snapshot?.element ?? [];
  const parts = new Map<string, ExtensionShape>();
  for (const { id, sliceName } of elements) {
    if (!sliceName || id !== `Extension.extension:${sliceName}`) continue;
    const url = elements.find((element) => element.id === `${id}.url`)?.fixedUri ?? sliceName;
    parts.set(url, shapeOf(elements, id, new Map(), definitions));
  }
  return shapeOf(elements, 'Extension', parts, definitions);
}

const codesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [`|${value}`];
  const { coding, system, code } = Object(value) as { coding?: unknown; system?: unknown; code?: unknown };
  if (Array.isArray(coding)) return coding.flatMap(codesIn);
  return typeof code === 'string' ? [`${typeof system === 'string' ? system : ''}|${code}`] : [];
};

/**
 * Checks extensions of the national guide: known URL, the value type and the codes that their definition allows. The
 * general validator does not apply extension definitions.
 * @returns a check of one extension at a FHIRPath; extensions of others pass
 */
export function createExtensionCheck(
  definitions: Definitions,
): (extension: Readonly<Record<string, unknown>>, path: string) => readonly Finding[] {
  const table = new Map(
    definitions.extensions.map((structure) => [structure.url, shapeOfDefinition(structure, definitions)]),
  );

  function check(extension: Readonly<Record<string, unknown>>, shape: ExtensionShape, path: string): Finding[] {
    const url = String(extension['url']);
    const member = Object.keys(extension).find((key) => key.startsWith('value'));
    const findings: Finding[] = [];
    const allowed = [...shape.members, ...shape.parts.keys()].join(', ');
    if (member && !shape.members.has(member)) {
      findings.push({ code: 'extension-value', params: { url, allowed }, expression: `${path}.value` });
    } else if (member && shape.codes) {
      const codes = codesIn(extension[member]);
      const { valueSet = '' } = shape;
      const bare = [...shape.codes].map((code) => code.slice(code.indexOf('|')));
      if (!codes.some((code) => shape.codes?.has(code) || (code.startsWith('|') && bare.includes(code)))) {
        const value = codes[0] ?? '';
        findings.push({ code: 'code-invalid', params: { value, valueSet }, expression: `${path}.value` });
      }
    }
    const nested = Array.isArray(extension['extension']) ? (extension['extension'] as unknown[]) : [];
    nested.forEach((item, index) => {
      const part = Object(item) as Readonly<Record<string, unknown>>;
      const partUrl = String(part['url']);
      const partPath = `${path}.extension[${index}]`;
      const partShape = shape.parts.get(partUrl);
      if (partShape) findings.push(...check(part, partShape, partPath));
      else if (!/^https?:/.test(partUrl)) {
        findings.push({ code: 'extension-value', params: { url, allowed }, expression: partPath });
      }
    });
    return findings;
  }

  return (extension, path) => {
    const url = String(extension['url']);
    const shape = table.get(url);
    if (shape) return check(extension, shape, path);
    return url.startsWith(`${CANONICAL_ROOT}/`)
      ? [{ code: 'element-unknown', params: { element: url }, expression: path }]
      : [];
  };
}
