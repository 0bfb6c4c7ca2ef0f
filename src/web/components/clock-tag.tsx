import type { VNode } from 'preact';
import { clockWords } from '../resources/clock-words.js';
import { Tag } from './tag.js';

/** How much of a term is left, or how long it has passed. @param kind `visit` when the term is an appointment */
export function ClockTag({
  due,
  now = new Date(),
  kind = 'term',
}: {
  readonly due: Date;
  readonly now?: Date;
  readonly kind?: 'term' | 'visit';
}): VNode {
  return <Tag {...clockWords(due, now, kind)} />;
}
