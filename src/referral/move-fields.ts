import type { FieldRow } from './field.js';

/** A coded reason out of these code systems. */
export const reason = (...codes: string[]): FieldRow => ({ name: 'reason', kinds: ['coded'], required: true, codes });
/** A code, or words where no code fits. */
export const SAID = ['coded', 'string'] as const;
/** Words. */
export const text = (name: string, required = true): FieldRow => ({ name, kinds: ['string'], required });
/** The receiver's judgement of oportuna and justificada. */
export const YES_NO = ['yes', 'no', 'unclassified'] as const;

/** A slot says when, where and with whom; without one all of it is given. */
export const BOOKING: readonly FieldRow[] = [
  { name: 'start', kinds: ['dateTime', 'instant'], required: true, unless: 'slot' },
  { name: 'end', kinds: ['dateTime', 'instant'], required: true, unless: 'slot' },
  {
    name: 'participant',
    kinds: ['Reference'],
    required: true,
    unless: 'slot',
    repeats: true,
    targets: ['PractitionerRole', 'Practitioner', 'HealthcareService'],
  },
  { name: 'location', kinds: ['Reference'], required: true, unless: 'slot', targets: ['Location'] },
  { name: 'slot', kinds: ['Reference'], targets: ['Slot'] },
  { name: 'contactResult', kinds: SAID, required: true },
];

/** The document with the answer. */
export const ANSWER: readonly FieldRow[] = [
  { name: 'document', kinds: ['resource'], required: true, targets: ['Bundle'] },
];

/** What the origin can do next: advice in words, another service, what is missing; one of them at least. */
export const nextStep = (required: boolean): FieldRow => ({
  name: 'nextStep',
  kinds: [],
  required,
  repeats: true,
  anyPart: true,
  parts: [
    text('advice', false),
    { name: 'service', kinds: ['Reference', 'coded', 'string'], targets: ['HealthcareService', 'Organization'] },
    { name: 'missing', kinds: SAID, repeats: true },
  ],
});
