import type { VNode } from 'preact';
import type { Words } from '../../words.js';
import { useSay } from '../language.js';

/** `alarm` emergency or overdue, `soon` urgent or waiting for somebody, `calm` going well, `quiet` ended. */
export type TagTone = 'alarm' | 'soon' | 'calm' | 'quiet';

/** Shapes beside the colours, so that the tone is seen without them. */
const SHAPE: Readonly<Record<TagTone, string>> = { alarm: '▲', soon: '◆', calm: '●', quiet: '○' };

/** A short mark in words. */
export function Tag({ label, tone }: { readonly label: Words; readonly tone: TagTone }): VNode {
  return (
    <span class={`rr-tag rr-tag--${tone}`}>
      <span aria-hidden="true">{SHAPE[tone]} </span>
      {useSay()(label)}
    </span>
  );
}
