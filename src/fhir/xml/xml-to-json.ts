import { SaxesParser, type SaxesTagNS } from 'saxes';
import { fault, isServiceError } from '../../errors.js';
import { MAX_DEPTH } from '../exact-json.js';
import type { TypeRules } from '../validation/element-rules.js';
import { type Frame, resourceFrame } from './xml-frame.js';
import { FHIR_NAMESPACE, XHTML_NAMESPACE } from './xml-names.js';

const unreadable = (reason: string): Error => fault('body-unreadable', { reason });

/** saxes puts "line:column: " before its words, and quotes what stands there: the place is enough and safe to log. */
const placeOf = (error: Error): string => /^[^:]*?(\d+:\d+):/.exec(error.message)?.[1] ?? 'syntax';

/**
 * Reader of FHIR XML (https://hl7.org/fhir/R4/xml.html). No document type declaration is accepted, so no entity but XML's
 * own five is ever resolved; depth is bounded like that of JSON, size by the limit of the body.
 * @param rulesOf members of a base type
 * @returns function from XML text to the FHIR JSON tree, numbers as written (see `exact-json`), the narrative as it stands.
 *   It throws ServiceError 400 `body-unreadable` (syntax, DOCTYPE, no FHIR root, text between elements) or `body-too-deep`,
 *   422 `element-unknown` (with its place) or `cardinality` (an element twice that stands once)
 */
export function createXmlReader(
  rulesOf: (type: string) => TypeRules | undefined,
): (text: string) => Readonly<Record<string, unknown>> {
  return (text) => {
    const parser = new SaxesParser({ xmlns: true });
    const open: Frame[] = [];
    let root: Record<string, unknown> | undefined;
    /** Elements open inside the narrative, its `div` counted; where that begins in the text. */
    let inside = 0;
    let start = 0;
    let depth = 0;

    function openRoot(tag: SaxesTagNS): void {
      const foreign = tag.uri !== FHIR_NAMESPACE || !rulesOf(tag.local);
      if (foreign) throw unreadable(`<${tag.name.slice(0, 64)}>, xmlns="${FHIR_NAMESPACE}"`);
      root = { resourceType: tag.local };
      open.push(resourceFrame(rulesOf, tag, root, tag.local));
    }

    parser.on('error', (error) => {
      throw unreadable(`XML ${placeOf(error)}`);
    });
    parser.on('doctype', () => {
      throw unreadable('DOCTYPE');
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
        throw unreadable(`encoding="${encoding.slice(0, 20)}"`);
    });
    const onText = (piece: string): void => {
      if (inside === 0 && piece.trim() !== '') throw unreadable('text');
    };
    parser.on('text', onText);
    parser.on('cdata', onText);
    parser.on('opentag', (tag) => {
      depth += 1;
      if (depth > MAX_DEPTH) throw fault('body-too-deep', { limit: MAX_DEPTH });
      const parent = open.at(-1);
      if (inside > 0) inside += 1;
      else if (!parent) openRoot(tag);
      else if (parent.holdsXhtml(tag.local) && tag.uri === XHTML_NAMESPACE) {
        inside = 1;
        // No attribute value of a well-formed document holds this character.
        start = text.lastIndexOf('<', parser.position - 1);
      } else open.push(parent.child(tag));
    });
    parser.on('closetag', (tag) => {
      depth -= 1;
      if (inside === 0) open.pop()?.close();
      else {
        inside -= 1;
        if (inside > 0) return;
        const div = text.slice(start, parser.position).replace(/\r\n?/g, '\n');
        open.at(-1)?.add(tag.local, div);
      }
    });
    try {
      parser.write(text).close();
    } catch (error) {
      if (isServiceError(error)) throw error;
      throw unreadable('XML');
    }
    if (!root) throw unreadable('XML');
    return root;
  };
}
