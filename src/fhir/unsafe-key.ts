const UNSAFE: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/**
 * True for names that JavaScript gives a meaning of its own on every object (`__proto__`, `constructor`, `toString`, ...):
 * none is a FHIR element, and some change the behaviour of code that reads the object.
 */
export const isUnsafeKey = (key: string): boolean => UNSAFE.has(key);
