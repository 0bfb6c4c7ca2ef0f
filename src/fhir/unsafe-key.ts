/**
 * True for names that JavaScript gives a meaning of its own on every object (`__proto__`, `constructor`, `toString`, ...):
 * none is a FHIR element, and some change the behaviour of code that reads the object.
 */
export const isUnsafeKey = (key: string): boolean => key in Object.prototype || key === 'prototype';
