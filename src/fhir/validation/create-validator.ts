import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../../config/canonical.js';
import type { Finding } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import { toPlain } from '../exact-json.js';
import { createCleanCheck } from './clean-check.js';
import { createElementChecks } from './element-checks.js';
import { choiceNames } from './element-names.js';
import { jsonGate } from './json-gate.js';
import { medplumFindings } from './medplum-findings.js';
import { registerSchemas } from './medplum-schemas.js';
import type { Validator } from './validator.js';

export interface ValidatorSettings {
  /** Profiles of the guide that a resource must meet whether or not it says so in `meta.profile`. */
  readonly demandedProfiles?: (resource: Resource) => readonly string[];
}

/** A resource to check and the profiles it must meet. */
interface Subject {
  readonly resource: Resource;
  /** FHIRPath of the resource, for example `Bundle.entry[0].resource`. */
  readonly path: string;
  readonly profiles: readonly StructureDefinition[];
  readonly notes: readonly Finding[];
}

/** Resources in the entries of a Bundle, which may declare profiles of their own. */
function entriesOf(resource: Resource): (readonly [Resource, string])[] {
  if (resource.resourceType !== 'Bundle' || !Array.isArray(resource.entry)) return [];
  return resource.entry.flatMap((entry: unknown, index) => {
    const { resource: inner } = Object(entry) as { readonly resource?: unknown };
    const usable = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return usable ? [[inner as Resource, `Bundle.entry[${index}].resource`] as const] : [];
  });
}

/** A body full of faults is not worth a longer answer. */
const MAX_FINDINGS = 100;

/** The same fault seen by two checks is told once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const different = findings.filter(({ code, expression = '', params }) => {
    const key = `${code} ${expression} ${params?.['key'] ?? params?.['profile'] ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
  return different.slice(0, MAX_FINDINGS);
}

/**
 * Validator of R4, of the national guide, and of what a general validator lets pass (design.md 3.5): a gate that knows only
 * JSON, then Medplum's validator, then our own checks. With a profile, its snapshot is applied instead of the base type.
 * A profile of the guide that does not exist is an error, a foreign one a warning.
 * @throws Error when a profile of the guide cannot be registered
 */
export function createValidator(definitions: Definitions, settings: ValidatorSettings = {}): Validator {
  registerSchemas(definitions);
  const elementFindings = createElementChecks(definitions);
  const isClean = createCleanCheck(choiceNames(definitions));
  const generalFindings = (resource: object, type: string, place: (path: string) => string): readonly Finding[] =>
    isClean(resource, type) ? [] : medplumFindings(resource, type, place);

  /** Profiles that apply to a resource standing at `path`, and what is to be said about those that cannot. */
  function subject(resource: Resource, path: string, asked: readonly string[], demanded: readonly string[]): Subject {
    const profiles = new Set<StructureDefinition>();
    const notes: Finding[] = [];
    const declared = Array.isArray(resource.meta?.profile) ? resource.meta.profile.map(String) : [];
    for (const canonical of [...declared, ...asked, ...demanded]) {
      const url = canonical.split('|', 1)[0] ?? '';
      const profile = definitions.profile(url);
      const expression = `${path}.meta.profile`;
      if (profile && profile.type === resource.resourceType) profiles.add(profile);
      else if (profile) {
        const params = { profile: url, expected: profile.type, actual: resource.resourceType };
        notes.push({ code: 'profile-type', params, expression });
      } else if (url !== `http://hl7.org/fhir/StructureDefinition/${resource.resourceType}`) {
        const severity = asked.includes(canonical) || url.startsWith(`${CANONICAL_ROOT}/`) ? 'error' : 'warning';
        notes.push({ code: 'profile-unknown', severity, params: { profile: url }, expression });
      }
    }
    return { resource, path, profiles: [...profiles], notes };
  }

  return {
    validate(given, options = {}) {
      const { resourceType: type } = Object(given) as { readonly resourceType?: unknown };
      if (typeof type !== 'string' || definitions.structure(type)?.kind !== 'resource') {
        return [{ code: 'structure', params: { reason: `resourceType: ${String(type)}` } }];
      }
      const gate = jsonGate(given, type);
      if (!gate.safe) return gate.findings;
      const resource = gate.plain ? given : toPlain(given);
      const whole = subject(resource, type, options.profiles ?? [], settings.demandedProfiles?.(resource) ?? []);
      const inner = entriesOf(resource).map(([entry, path]) => subject(entry, path, [], []));
      const subjects = [whole, ...inner];
      const own = [
        ...gate.findings,
        ...subjects.flatMap(({ notes }) => notes),
        ...(whole.profiles.length === 0 ? elementFindings(resource, type, type) : []),
        ...subjects.flatMap(({ resource: checked, path, profiles }) =>
          profiles.flatMap(({ url }) => elementFindings(checked, url, path)),
        ),
      ];
      // the general validator walks over a text as over an object, one finding per character
      if (own.some(({ code }) => code === 'json-type')) return withoutRepeats(own);
      const general = [
        ...(whole.profiles.length === 0 ? generalFindings(resource, type, (path) => path) : []),
        ...subjects.flatMap(({ resource: checked, path: place, profiles }) =>
          profiles.flatMap((profile) =>
            generalFindings(checked, profile.url, (path) => place + path.slice(profile.type.length)),
          ),
        ),
      ];
      return withoutRepeats([...general, ...own]);
    },
  };
}
