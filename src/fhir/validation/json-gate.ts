import { isLosslessNumber } from 'lossless-json';
import type { Finding } from '../../errors.js';
import { MAX_DEPTH } from '../exact-json.js';
import { isUnsafeKey } from '../unsafe-key.js';

interface Node {
  readonly value: object;
  readonly path: string;
  readonly depth: number;
}

/** `null` is legal only in an array of primitives whose companion (`_name`) has something in that place. */
function nullAllowed(parent: Readonly<Record<string, unknown>>, key: string, index: number): boolean {
  const companion = parent[key.startsWith('_') ? key.slice(1) : `_${key}`];
  return Array.isArray(companion) && companion[index] !== undefined && companion[index] !== null;
}

/**
 * What any JSON must be before FHIR rules can be asked: no unsafe names, no endless nesting, nothing empty, no stray null
 * (https://hl7.org/fhir/R4/json.html). Iterative, knows no definitions.
 * @param path FHIRPath of the root, for example `Patient`
 * @returns findings; `safe`: false when nothing else may look at the tree; `plain`: false when it holds numbers as written
 */
export function jsonGate(root: object, path: string): { findings: Finding[]; safe: boolean; plain: boolean } {
  const findings: Finding[] = [];
  const pending: Node[] = [{ value: root, path, depth: 1 }];
  /** Set when something nests too deep, and when a number is kept as written. */
  const gate = { safe: true, plain: true };
  const visit = (value: unknown, element: string, expression: string, depth: number): void => {
    if (value === null || value === undefined) findings.push({ code: 'value-null', params: { element }, expression });
    else if (typeof value === 'string') {
      if (!/\S/.test(value)) findings.push({ code: 'element-empty', params: { element }, expression });
    } else if (typeof value === 'object') {
      if (isLosslessNumber(value)) gate.plain = false;
      else if (depth > MAX_DEPTH) gate.safe = false;
      else pending.push({ value, path: expression, depth });
    }
  };
  for (let node = pending.pop(); node; node = pending.pop()) {
    const { value, depth } = node;
    const record = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(value);
    if (keys.length === 0) {
      findings.push({ code: 'element-empty', params: { element: nameIn(node.path) }, expression: node.path });
    }
    for (const key of keys) {
      if (isUnsafeKey(key)) {
        findings.push({ code: 'key-unsafe', params: { key }, expression: node.path });
        return { ...gate, findings, safe: false };
      }
      const element = key.startsWith('_') ? key.slice(1) : key;
      const expression = `${node.path}.${element}`;
      const member = record[key];
      if (!Array.isArray(member)) {
        visit(member, element, expression, depth + 1);
        continue;
      }
      if (member.length === 0) findings.push({ code: 'element-empty', params: { element }, expression });
      member.forEach((item: unknown, index) => {
        if (item === null && nullAllowed(record, key, index)) return;
        if (Array.isArray(item)) {
          findings.push({
            code: 'json-type',
            params: { element, expected: '{}' },
            expression: `${expression}[${index}]`,
          });
        } else visit(item, element, `${expression}[${index}]`, depth + 2);
      });
    }
    if (!gate.safe) {
      findings.push({ code: 'body-too-deep', params: { limit: MAX_DEPTH }, expression: path });
      break;
    }
  }
  return { ...gate, findings };
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
