import { isLosslessNumber } from 'lossless-json';
import { fault } from '../../errors.js';
import type { ElementRule, TypeRules } from '../validation/element-rules.js';
import { FHIR_NAMESPACE, isAttribute, isPrimitive } from './xml-names.js';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** White space that an XML parser would turn into a blank inside an attribute (XML 1.0, 3.3.3). */
const ESCAPED = /[&<>"\t\n\r]/g;
/** Everything but the characters of an XML document (XML 1.0, 2.2). */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const attributeText = (value: unknown): string =>
  String(isLosslessNumber(value) ? value.value : value)
    .replace(FORBIDDEN, '\ufffd')
    .replace(ESCAPED, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);

const attribute = (name: string, value: unknown): string =>
  value === undefined || value === null ? '' : ` ${name}="${attributeText(value)}"`;

/**
 * Writer of FHIR XML (https://hl7.org/fhir/R4/xml.html). The order of elements is that of the StructureDefinitions.
 * @param rulesOf members of a type, in the order of its definition
 * @returns function from a FHIR JSON tree (numbers exact, see `exact-json`) to XML text; `pretty` puts each element on a line
 *   of its own. It throws ServiceError 406 `format-unsupported` when the tree holds a resource type that is not described.
 */
export function createXmlWriter(
  rulesOf: (type: string) => TypeRules | undefined,
): (resource: unknown, pretty: boolean) => string {
  return (root, pretty) => {
    const line = (depth: number): string => (pretty ? `\n${'  '.repeat(depth)}` : '');

    function element(name: string, attributes: string, content: string, depth: number): string {
      if (content === '') return `${line(depth)}<${name}${attributes}/>`;
      return `${line(depth)}<${name}${attributes}>${content}${line(depth)}</${name}>`;
    }

    function resource(value: Json, depth: number, attributes = ''): string {
      const type = String(value['resourceType']);
      const rules = rulesOf(type);
      if (!rules) throw fault('format-unsupported', { format: `application/fhir+xml (${type})` });
      return element(type, attributes, members(value, rules, depth + 1, ''), depth);
    }

    /** @param holder type whose attributes were written already; empty for a resource, which has none */
    function members(value: Json, rules: TypeRules, depth: number, holder: string): string {
      let text = '';
      for (const [key, rule] of rules) {
        const member = value[key];
        const companion = isPrimitive(rule.type) ? value[`_${key}`] : undefined;
        if (member === undefined && companion === undefined) continue;
        if (isAttribute(key, holder)) continue;
        if (!Array.isArray(member) && !Array.isArray(companion)) {
          text += single(key, rule, member, companion, depth);
          continue;
        }
        const values = Array.isArray(member) ? (member as unknown[]) : [];
        const companions = Array.isArray(companion) ? (companion as unknown[]) : [];
        for (let index = 0; index < Math.max(values.length, companions.length); index += 1)
          text += single(key, rule, values[index], companions[index], depth);
      }
      return text;
    }

    function single(key: string, rule: ElementRule, value: unknown, companion: unknown, depth: number): string {
      if (rule.type === 'xhtml') return typeof value === 'string' ? line(depth) + value : '';
      if (isPrimitive(rule.type)) {
        const more = isObject(companion) ? companion : {};
        const inside = rulesOf('Element');
        const attributes = attribute('id', more['id']) + attribute('value', value);
        return element(key, attributes, inside ? members(more, inside, depth + 1, 'Element') : '', depth);
      }
      if (!isObject(value)) return '';
      if (rule.type === 'Resource') return element(key, '', resource(value, depth + 1), depth);
      const rules = rule.members ?? rulesOf(rule.type);
      const url = rule.type === 'Extension' ? attribute('url', value['url']) : '';
      const attributes = attribute('id', value['id']) + url;
      return element(key, attributes, rules ? members(value, rules, depth + 1, rule.type) : '', depth);
    }

    if (!isObject(root)) throw new Error('a FHIR resource is an object');
    const namespace = ` xmlns="${FHIR_NAMESPACE}"`;
    return `<?xml version="1.0" encoding="UTF-8"?>${pretty ? '' : '\n'}${resource(root, 0, namespace)}`;
  };
}
