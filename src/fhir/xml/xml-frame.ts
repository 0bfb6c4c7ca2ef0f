import type { SaxesTagNS } from 'saxes';
import { fault } from '../../errors.js';
import type { ElementRule, TypeRules } from '../validation/element-rules.js';
import { readPrimitive } from './read-primitive.js';
import { FHIR_NAMESPACE, isAttribute, isPrimitive } from './xml-names.js';

type Json = Record<string, unknown>;
type RulesOf = (type: string) => TypeRules | undefined;

/** An element that is open while XML is read. */
export interface Frame {
  /** Frame of an element that opens inside. Throws 422 `element-unknown`. */
  child(tag: SaxesTagNS): Frame;
  /** Is this member the narrative's `div`, which is taken as it stands? */
  holdsXhtml(member: string): boolean;
  /** Takes a finished member: its value and, for a primitive, its `id` and extensions. Throws 422 `cardinality`. */
  add(member: string, value: unknown, companion?: Json): void;
  /** Says to the parent what the element was. */
  close(): void;
}

const unknown = (element: string, path: string): Error =>
  fault('element-unknown', { element: element.slice(0, 64) }, path);

/** Attributes of an element by name; what declares namespaces or schemas is none. Throws for one that FHIR does not know. */
function attributesOf({ attributes }: SaxesTagNS, allowed: (name: string) => boolean, path: string): Json {
  const own: Json = {};
  for (const { uri, name, local, value } of Object.values(attributes)) {
    if (/^http:\/\/www\.w3\.org\/(?:2000\/xmlns\/|2001\/XMLSchema-instance)$/.test(uri)) continue;
    if (uri !== '' || !allowed(local)) throw unknown(`@${name}`, path);
    own[local] = value;
  }
  return own;
}

/** Adds to a JSON array and its companion (`_name`), with `null` where one of the two has nothing (R4 json.html#primitive). */
function addToList(node: Json, member: string, value: unknown, companion: Json | undefined): void {
  const values = (node[member] ??= []) as unknown[];
  if (companion) node[`_${member}`] ??= values.map(() => null);
  values.push(value ?? null);
  (node[`_${member}`] as unknown[] | undefined)?.push(companion ?? null);
}

const isNullOnly = (member: unknown): boolean => Array.isArray(member) && member.every((item) => item === null);

/** What an object frame is about. */
interface Place {
  readonly rulesOf: RulesOf;
  /** Elements that may stand inside. */
  readonly rules: TypeRules | undefined;
  /** Type of the element; empty for a resource. */
  readonly type: string;
  /** FHIRPath. */
  readonly path: string;
}

/**
 * Frame of an object: a resource or a complex element.
 * @param node its JSON, filled as its elements end
 * @param done told when it has ended
 */
export function objectFrame(place: Place, node: Json, done: () => void): Frame {
  const { rules, path } = place;
  const pathOf = (member: string, rule: ElementRule): string => {
    const list = node[member];
    return `${path}.${rule.name}${rule.array ? `[${Array.isArray(list) ? list.length : 0}]` : ''}`;
  };
  const frame: Frame = {
    child(tag) {
      const member = tag.local;
      const rule = rules?.get(member);
      const misplaced = isAttribute(member, place.type) || rule?.type === 'xhtml';
      if (!rule || misplaced || tag.uri !== FHIR_NAMESPACE) throw unknown(tag.name, `${path}.${member.slice(0, 64)}`);
      return memberFrame(place.rulesOf, frame, tag, rule, pathOf(member, rule));
    },
    holdsXhtml: (member) => rules?.get(member)?.type === 'xhtml',
    add(member, value, companion) {
      if (rules?.get(member)?.array) return addToList(node, member, value, companion);
      if (node[member] !== undefined || node[`_${member}`] !== undefined)
        throw fault('cardinality', { element: member, range: '0..1', count: 2 }, `${path}.${member}`);
      if (value !== undefined) node[member] = value;
      if (companion) node[`_${member}`] = companion;
    },
    close() {
      for (const key of Object.keys(node)) if (isNullOnly(node[key])) delete node[key];
      done();
    },
  };
  return frame;
}

function memberFrame(rulesOf: RulesOf, parent: Frame, tag: SaxesTagNS, rule: ElementRule, path: string): Frame {
  const member = tag.local;
  const { type } = rule;
  if (type === 'Resource') return holderFrame(rulesOf, parent, member, path);
  if (!isPrimitive(type)) {
    const node = attributesOf(tag, (name) => isAttribute(name, type), path);
    const rules = rule.members ?? rulesOf(type);
    return objectFrame({ rulesOf, rules, type, path }, node, () => parent.add(member, node));
  }
  const { value, ...companion } = attributesOf(tag, (name) => name === 'value' || name === 'id', path);
  return objectFrame({ rulesOf, rules: rulesOf('Element'), type: 'Element', path }, companion, () =>
    parent.add(
      member,
      typeof value === 'string' ? readPrimitive(type, value) : undefined,
      Object.keys(companion).length > 0 ? companion : undefined,
    ),
  );
}

/** Frame of a resource, whose JSON is `node`. Throws 422 `element-unknown` for a type that is not described. */
export function resourceFrame(rulesOf: RulesOf, tag: SaxesTagNS, node: Json, path: string): Frame {
  const rules = rulesOf(tag.local);
  if (!rules || tag.uri !== FHIR_NAMESPACE) throw unknown(tag.name, path);
  attributesOf(tag, () => false, path);
  return objectFrame({ rulesOf, rules, type: '', path }, node, () => undefined);
}

/** Frame of an element that holds one resource: `contained`, `Bundle.entry.resource`, ... */
function holderFrame(rulesOf: RulesOf, parent: Frame, member: string, path: string): Frame {
  let resource: Json | undefined;
  return {
    child(tag) {
      if (resource) throw fault('cardinality', { element: member, range: '1..1', count: 2 }, path);
      resource = { resourceType: tag.local };
      return resourceFrame(rulesOf, tag, resource, path);
    },
    holdsXhtml: () => false,
    add: () => undefined,
    close: () => parent.add(member, resource ?? {}),
  };
}
