/** A call of a guide and what must come back, in the form of the REST Client of VS Code. */
export interface GuideCall {
  /** Line of the guide on which the call begins. */
  readonly line: number;
  readonly name?: string;
  readonly request: string;
  readonly response: string;
}

/** Pairs of `http` blocks of a guide: a call, and the answer that begins with `HTTP/1.1`. Throws for one without the other. */
export function guideCalls(markdown: string): readonly GuideCall[] {
  const blocks = [...markdown.matchAll(/^```http\n([\s\S]*?)^```$/gm)].map((match) => ({
    text: match[1] ?? '',
    line: markdown.slice(0, match.index).split('\n').length,
  }));
  const calls: GuideCall[] = [];
  for (let at = 0; at < blocks.length; at += 2) {
    const [call, answer] = [blocks[at], blocks[at + 1]];
    if (!call || call.text.startsWith('HTTP/') || !answer?.text.startsWith('HTTP/1.1 '))
      throw new Error(`line ${call?.line ?? 0}: a call and its answer go together`);
    const [, name] = /^# @name (\w+)\n/.exec(call.text) ?? [];
    const request = call.text.replace(/^#.*\n/gm, '');
    calls.push({ line: call.line, request, response: answer.text, ...(name === undefined ? {} : { name }) });
  }
  return calls;
}

/** First line, headers and body of a message. */
export function messageOf(text: string): { first: string; headers: Record<string, string>; body: string } {
  const [head = '', ...rest] = text.split('\n\n');
  const [first = '', ...lines] = head.trim().split('\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { first, headers: Object.fromEntries(headers), body: rest.join('\n\n').trim() };
}

/** Value at a path such as `entry[0].resource.id`. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step], value);
}

/** What of an expected answer an answer does not hold; lists are as long as said, unless they end in `...`. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(expected)) {
    const open = expected.at(-1) === '...';
    const wanted = open ? expected.slice(0, -1) : expected;
    const given = Array.isArray(actual) ? (actual as unknown[]) : [];
    const length = open ? given.length >= wanted.length : given.length === wanted.length;
    return [
      ...(length ? [] : [`${path}: ${given.length} items, not ${wanted.length}`]),
      ...wanted.flatMap((item, index) => differences(item, given[index], `${path}[${index}]`)),
    ];
  }
  if (typeof expected === 'object' && expected !== null)
    return Object.entries(expected).flatMap(([name, item]) =>
      differences(item, (actual as Record<string, unknown> | undefined)?.[name], `${path}.${name}`),
    );
  return expected === actual ? [] : [`${path}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
}

/** JSON of an expected answer; `...` at the end of a list stands for more of the same. */
export const expectedBody = (text: string): unknown => JSON.parse(text.replace(/\.\.\.(?=\s*\])/g, '"..."'));
