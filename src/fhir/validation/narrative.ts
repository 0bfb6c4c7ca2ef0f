const XHTML = 'http://www.w3.org/1999/xhtml';

/** Formatting elements of https://hl7.org/fhir/R4/narrative.html#xhtml; nothing that runs, loads or submits. */
const TAGS = new Set(
  (
    'div p span br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td ' +
    'b i em strong small big tt u sub sup pre code blockquote q cite abbr acronym dfn samp kbd var address ins del a img'
  ).split(' '),
);

const COMMON_ATTRIBUTES = 'id class lang xml:lang dir title style'.split(' ');
const EXTRA_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'name'],
  img: ['src', 'alt', 'width', 'height'],
  td: ['colspan', 'rowspan', 'align', 'valign', 'headers', 'scope', 'abbr'],
  th: ['colspan', 'rowspan', 'align', 'valign', 'headers', 'scope', 'abbr'],
  table: ['border', 'cellpadding', 'cellspacing', 'summary', 'width'],
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  ol: ['start', 'type'],
  q: ['cite'],
  blockquote: ['cite'],
  div: ['xmlns'],
};

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|#|[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$)/;
/** Values that are more than text. */
const ATTRIBUTE_VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  href: (value) => ADDRESS.test(value),
  cite: (value) => ADDRESS.test(value),
  // pictures come with the resource: a contained one or inline data, never from elsewhere
  src: (value) => /^(?:#[A-Za-z0-9\-.]{1,64}|data:image\/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+)$/.test(value),
  style: (value) =>
    /^[\w\s:;.,#%()!-]*$/.test(value) && !/url\s*\(|expression|behaviou?r|binding|position/i.test(value),
  xmlns: (value) => value === XHTML,
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,8}));/g;

/** Attribute value as a browser reads it; undefined when it holds `&` for anything else than XML's own entities. */
function decode(text: string): string | undefined {
  const unknown: string[] = text.replace(ENTITY, '').includes('&') ? ['&'] : [];
  const decoded = text.replace(ENTITY, (entity, decimal?: string, hex?: string, name: string = '') => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (point !== undefined && point <= 0x10ffff) return String.fromCodePoint(point);
    const character = NAMED.get(name);
    if (character === undefined) unknown.push(entity);
    return character ?? '';
  });
  return unknown.length === 0 ? decoded.trim() : undefined;
}

const TEXT = /[^<&]+|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,7});/y;
const CLOSE = /<\/([a-z][a-z0-9]*)\s*>/y;
const OPEN = /<([a-z][a-z0-9]*)((?:\s+[a-zA-Z:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([a-zA-Z:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function attributesFault(tag: string, source: string): string | undefined {
  const seen = new Set<string>();
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE)) {
    if (!COMMON_ATTRIBUTES.includes(name) && !EXTRA_ATTRIBUTES[tag]?.includes(name)) return `<${tag} ${name}>`;
    if (seen.has(name)) return `<${tag} ${name} ${name}>`;
    seen.add(name);
    const value = decode(double ?? single ?? '');
    if (value === undefined || ATTRIBUTE_VALUES[name]?.(value) === false) return `<${tag} ${name}="...">`;
  }
  return undefined;
}

/** Position after a comment that starts at `start`; 0 when none does or it is a conditional one, which old browsers run. */
function commentEnd(xhtml: string, start: number): number {
  if (!xhtml.startsWith('<!--', start) || /^(?:\[if|-?>)/.test(xhtml.slice(start + 4, start + 8))) return 0;
  const end = xhtml.indexOf('--', start + 4);
  return end > 0 && xhtml.charAt(end + 2) === '>' ? end + 3 : 0;
}

/**
 * Strict check of a narrative: well-formed XHTML, one `div` at the root, only listed elements and attributes, no script, no
 * address that runs code, no picture from outside, and something to read (invariants txt-1, txt-2).
 * @param xhtml content of `text.div`
 * @returns what is wrong, as a piece of markup or a position; undefined when nothing is
 */
export function narrativeFault(xhtml: string): string | undefined {
  const open: string[] = [];
  let readable = false;
  let closed = false;
  for (let position = 0; position < xhtml.length;) {
    const at = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = position;
      return pattern.exec(xhtml);
    };
    const comment = commentEnd(xhtml, position);
    if (comment > 0) {
      position = comment;
      continue;
    }
    const token = at(TEXT) ?? at(CLOSE) ?? at(OPEN);
    if (!token) return xhtml.slice(position, position + 20);
    const [source, tag, attributes] = token;
    position += source.length;
    if (tag === undefined) {
      const blank = source.trim() === '';
      if (open.length === 0 && !blank) return source.slice(0, 20);
      readable ||= !blank;
    } else if (attributes === undefined) {
      if (open.pop() !== tag) return source;
      closed = open.length === 0;
    } else {
      if (!TAGS.has(tag) || closed || (open.length === 0 && tag !== 'div')) return `<${tag}>`;
      if (open.length === 0 && !attributes.includes(XHTML)) return 'xmlns';
      const fault = attributesFault(tag, attributes);
      if (fault) return fault;
      readable ||= tag === 'img';
      if (!token[3]) open.push(tag);
      else closed = open.length === 0;
    }
  }
  if (!closed) return `</${open[open.length - 1] ?? 'div'}>`;
  return readable ? undefined : '<div/>';
}
