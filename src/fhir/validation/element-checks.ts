import type { Finding } from '../../errors.js';
import type { Definitions, RequiredBinding } from '../definitions/definitions.js';
import { createElementRules, type ElementRule, type TypeRules } from './element-rules.js';
import { createExtensionCheck } from './extension-table.js';
import { narrativeFault } from './narrative.js';
import { createRootInvariants } from './root-invariants.js';
import { checkReference, RESOURCE_TYPES } from './reference-target.js';
import { FHIR_ID, VALUE_CHECKS } from './value-checks.js';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPrimitive = (type: string): boolean => /^[a-z]/.test(type);
const jsonType = (type: string): string => {
  if (type === 'boolean') return 'boolean';
  return /^(?:decimal|integer|unsignedInt|positiveInt)$/.test(type) ? 'number' : 'string';
};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Codes of a value as `system|code`; of a bare code as `|code`. */
function codesOf(value: unknown): string[] {
  if (typeof value === 'string') return [`|${value}`];
  if (!isObject(value)) return [];
  if (Array.isArray(value['coding'])) return value['coding'].flatMap(codesOf);
  return typeof value['code'] === 'string' ? [`${text(value['system'])}|${value['code']}`] : [];
}

/** An element of type CodeableConcept may carry further codings: one of them must be in the set. */
function bindingFault(value: unknown, binding: RequiredBinding, expression: string): Finding | undefined {
  const codes = codesOf(value);
  if (value === '') return undefined; // reported as empty
  if (codes.some((code) => binding.codes.has(code))) return undefined;
  const shown = codes[0]?.replace(/^\|/, '') ?? (isObject(value) ? text(value['text']) : '');
  return { code: 'code-invalid', params: { value: shown, valueSet: binding.valueSet }, expression };
}

/**
 * Our own checks, for what the general validator lets pass: codes of required bindings, ids, formats, narrative, two forms
 * of one element, references, extensions of the guide, invariants of resources and data types, contained resources.
 * Unknown and missing elements, cardinalities, slices and the invariants of inner elements are not checked here.
 * @returns a check of a resource under the rules of a base type or, by its URL, of a profile
 */
export function createElementChecks(
  definitions: Definitions,
): (resource: object, typeOrProfile: string, path: string) => Finding[] {
  const rulesOf = createElementRules(definitions);
  const checkExtension = createExtensionCheck(definitions);
  const checkInvariants = createRootInvariants(definitions);

  const isResourceTypeOfR4 = (type: string): boolean => definitions.display(RESOURCE_TYPES, type) !== undefined;

  return (resource, typeOrProfile, root) => {
    const findings: Finding[] = [];
    /** Local references met (`#id`), with their place. */
    const local: { readonly reference: string; readonly path: string }[] = [];

    function checkPrimitive(value: unknown, rule: ElementRule, path: string): void {
      if (typeof value === 'object' && value !== null) {
        findings.push({
          code: 'json-type',
          params: { element: rule.name, expected: jsonType(rule.type) },
          expression: path,
        });
        return;
      }
      if (typeof value === 'string') {
        if (rule.type === 'xhtml') {
          const reason = narrativeFault(value);
          if (reason) findings.push({ code: 'narrative-invalid', params: { reason }, expression: path });
        } else if (value.startsWith('#') && /^(?:uri|url|canonical)$/.test(rule.type)) {
          local.push({ reference: value, path });
        }
      }
      const right = VALUE_CHECKS[rule.type];
      if (right && !right(value as string | number | boolean)) {
        const params = { element: rule.name, type: rule.type };
        findings.push({ code: 'value-format', params, expression: path });
      }
    }

    function checkValue(value: unknown, rule: ElementRule, path: string): void {
      if (value === null || value === undefined) return;
      if (rule.binding) {
        const fault = bindingFault(value, rule.binding, path);
        if (fault) findings.push(fault);
      }
      if (isPrimitive(rule.type)) return checkPrimitive(value, rule, path);
      if (!isObject(value)) {
        findings.push({ code: 'json-type', params: { element: rule.name, expected: '{}' }, expression: path });
        return;
      }
      if (rule.type === 'Resource') return checkInner(value, path);
      if (rule.type === 'Extension') findings.push(...checkExtension(value, path));
      if (rule.name === 'modifierExtension') {
        // Who does not understand one may not process the resource (R4 extensibility.html#modifierExtension).
        const url = text(value['url']);
        const known = definitions.profile(url)?.type === 'Extension';
        if (!known) findings.push({ code: 'modifier-unknown', params: { url }, expression: path });
      }
      if (rule.type === 'Reference') {
        const fault = checkReference(value, rule.targets, path, definitions);
        if (fault) findings.push(fault);
        const reference = text(value['reference']);
        if (reference.startsWith('#')) local.push({ reference, path: `${path}.reference` });
      }
      if (!rule.members) findings.push(...checkInvariants(value, rule.type, path, resource));
      checkMembers(value, rule.members ?? rulesOf(rule.type), path);
    }

    function checkMembers(value: Json, rules: TypeRules | undefined, path: string): void {
      const forms = new Map<string, string>();
      for (const key of Object.keys(value)) {
        const companion = key.startsWith('_');
        const name = companion ? key.slice(1) : key;
        const rule = rules?.get(name);
        if (!rule) continue; // the general validator reports unknown elements
        const member = value[key];
        const expression = `${path}.${rule.name}`;
        if (rule.choice && (forms.get(rule.name) ?? name) !== name) {
          findings.push({ code: 'choice-multiple', params: { element: rule.name }, expression });
        }
        forms.set(rule.name, name);
        const visit = (item: unknown, place: string): void => {
          if (!companion) checkValue(item, rule, place);
          else if (isObject(item)) checkMembers(item, rulesOf('Element'), place);
          else if (item !== null) {
            findings.push({ code: 'json-type', params: { element: key, expected: '{}' }, expression: place });
          }
        };
        if (Array.isArray(member)) member.forEach((item, index) => visit(item, `${expression}[${index}]`));
        else visit(member, expression);
      }
    }

    function checkInner(value: Json, path: string): void {
      const type = text(value['resourceType']);
      if (isResourceTypeOfR4(type)) checkResource(value, type, path);
      else findings.push({ code: 'code-invalid', params: { value: type, valueSet: RESOURCE_TYPES }, expression: path });
    }

    function checkResource(value: Json, typeOrUrl: string, path: string): void {
      const id = value['id'];
      if (id !== undefined && (typeof id !== 'string' || !FHIR_ID.test(id))) {
        findings.push({
          code: 'id-invalid',
          params: { value: typeof id === 'string' ? id : JSON.stringify(id) },
          expression: `${path}.id`,
        });
      }
      const outer = local.length;
      findings.push(...checkInvariants(value, typeOrUrl, path, resource));
      checkMembers(value, rulesOf(typeOrUrl), path);
      if (!path.includes('.contained[')) checkContained(value, path, local.splice(outer));
    }

    /** Local references resolve, and contained resources are referred to or refer to their container (dom-3, ref-1). */
    function checkContained(container: Json, path: string, references: typeof local): void {
      const contained = Array.isArray(container['contained']) ? (container['contained'] as unknown[]) : [];
      const ids = new Set(contained.map((inner) => `#${isObject(inner) ? text(inner['id']) : ''}`));
      for (const { reference, path: place } of references) {
        if (reference === '#' || ids.has(reference)) continue;
        findings.push({ code: 'reference-not-found', params: { reference }, expression: place });
      }
      contained.forEach((inner, index) => {
        const place = `${path}.contained[${index}]`;
        const own = `#${isObject(inner) ? text(inner['id']) : ''}`;
        const related = references.some(
          (found) => found.reference === own || (found.reference === '#' && found.path.startsWith(`${place}.`)),
        );
        const human = 'If the resource is contained in another resource, it SHALL be referred to from elsewhere';
        if (!related) findings.push({ code: 'invariant', params: { key: 'dom-3', text: human }, expression: place });
      });
    }

    checkResource(resource as Json, typeOrProfile, root);
    return findings;
  };
}
