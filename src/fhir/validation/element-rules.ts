import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions, RequiredBinding } from '../definitions/definitions.js';

/** What our own checks need to know of one member of a JSON object. */
export interface ElementRule {
  /** Element name in FHIRPath: without the type of a choice, `value` for `valueQuantity`. */
  readonly name: string;
  /** FHIR type of the value. */
  readonly type: string;
  readonly choice: boolean;
  readonly array: boolean;
  /** Value set of a required binding. */
  readonly binding?: RequiredBinding;
  /** Resource types that a reference may point to; absent means any. */
  readonly targets?: ReadonlySet<string>;
  /** Members of a backbone element; other complex types have rules of their own. */
  readonly members?: TypeRules;
}

/** Rules by JSON member name, `valueQuantity` and the like written out. */
export type TypeRules = ReadonlyMap<string, ElementRule>;

const R4_STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Rules of base types by name and of the guide's profiles by URL, compiled on first use. */
export function createElementRules(definitions: Definitions): (typeOrProfile: string) => TypeRules | undefined {
  const compiled = new Map<string, TypeRules | undefined>();

  function targetsOf(profiles: readonly string[] | undefined): ReadonlySet<string> | undefined {
    const types = (profiles ?? []).map((url) => definitions.profile(url)?.type ?? url.replace(R4_STRUCTURE, ''));
    return types.length === 0 || types.includes('Resource') ? undefined : new Set(types);
  }

  function compile(structure: StructureDefinition, key: string): TypeRules {
    const bindings = new Map(definitions.requiredBindings(key).map((binding) => [binding.path, binding]));
    const tree = new Map<string, Map<string, ElementRule>>();
    const membersAt = (path: string): Map<string, ElementRule> => {
      const members = tree.get(path) ?? new Map<string, ElementRule>();
      tree.set(path, members);
      return members;
    };
    const [root, ...elements] = structure.snapshot?.element ?? [];
    for (const element of elements) if (!element.id?.includes(':')) addElement(element);
    return membersAt(root?.path ?? '');

    function addElement(element: ElementDefinition): void {
      const cut = element.path.lastIndexOf('.');
      const last = element.path.slice(cut + 1);
      const choice = last.endsWith('[x]');
      const name = choice ? last.slice(0, -3) : last;
      const binding = bindings.get(element.path);
      const shared = {
        name,
        choice,
        array: (element.base?.max ?? element.max) !== '1' && (element.base?.max ?? element.max) !== '0',
        ...(binding ? { binding } : {}),
      };
      const members = membersAt(element.path.slice(0, cut));
      if (element.contentReference) {
        const path = element.contentReference.slice(element.contentReference.indexOf('#') + 1);
        members.set(name, { ...shared, type: 'BackboneElement', members: membersAt(path) });
      }
      for (const { code, targetProfile } of element.type ?? []) {
        const targets = code === 'Reference' || code === 'canonical' ? targetsOf(targetProfile) : undefined;
        members.set(choice ? name + capitalize(code) : name, {
          ...shared,
          type: code,
          ...(targets ? { targets } : {}),
          ...(code === 'BackboneElement' || code === 'Element' ? { members: membersAt(element.path) } : {}),
        });
      }
    }
  }

  return (typeOrProfile) => {
    if (!compiled.has(typeOrProfile)) {
      const structure = definitions.structure(typeOrProfile) ?? definitions.profile(typeOrProfile);
      compiled.set(typeOrProfile, structure && compile(structure, typeOrProfile));
    }
    return compiled.get(typeOrProfile);
  };
}
