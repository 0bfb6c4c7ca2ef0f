import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../config/paths.js';
import { ALL_STATES } from '../referral/states.js';

const text = z.string().min(1);
const facility = z.string().regex(/^(uaps|cis|policlinico|hosp)\d$/);
const dayOf = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const person = z.strictObject({
  key: text,
  /** Alias of the facility that registers the person. */
  at: facility,
  /** `cuenta`: a person whom the service knows already, behind a demonstration account. */
  identity: z.enum(['dni', 'pasaporte', 'rn', 'hijo-de', 'desconocido', 'cuenta']),
  dni: z
    .string()
    .regex(/^\d{13}$/)
    .optional(),
  pasaporte: text.optional(),
  account: text.optional(),
  given: z.array(text).min(1).optional(),
  surnames: z.array(text).min(1).optional(),
  sex: z.enum(['male', 'female']).optional(),
  born: dayOf.optional(),
  /** Age in days when the person is registered: newborns and small children stay so whenever the demo first runs. */
  bornDaysAgo: z.int().nonnegative().optional(),
  /** Years. */
  estimatedAge: z.int().positive().optional(),
  /** Key of the mother. */
  mother: text.optional(),
  expediente: text.optional(),
  phone: text.optional(),
  /** DDMM. */
  municipality: z.string().length(4).optional(),
  line: text.optional(),
  /** Code of `pueblo`. */
  people: text.optional(),
  /** People whose language is preferred (seed/population.json). */
  language: text.optional(),
  interpreter: z.boolean().optional(),
  literacy: text.optional(),
  hardToReach: z.boolean().optional(),
  migrant: text.optional(),
  disability: z.array(text).optional(),
  /** Keys of seed/allergens.json; none: asked and without known allergies; absent: not asked. */
  allergies: z.array(text).optional(),
});

const when = { inDays: z.int().nonnegative().default(0) };

/** What the destination writes in an answer. */
const answer = {
  disposition: text,
  summary: text,
  findings: text.optional(),
  treatment: text.optional(),
  /** Empty: none. */
  medications: z.array(text),
  plan: text,
  message: text,
  warning: text.optional(),
};

/** One step of a case after it was sent, with what the people of the two facilities decide in it. */
const step = z.discriminatedUnion('move', [
  z.strictObject({ move: z.enum(['receive', 'arrive', 'start-care', 'acknowledge']) }),
  z.strictObject({
    move: z.literal('request-info'),
    reason: text,
    items: z.array(text).min(1),
    dueDays: z.int().positive(),
    /** A term so short that it runs out while the demonstration is played; in place of `dueDays`. */
    dueSeconds: z.int().positive().optional(),
  }),
  z.strictObject({
    move: z.literal('provide-info'),
    answers: z.array(z.strictObject({ item: text, value: text })).min(1),
  }),
  z.strictObject({
    move: z.literal('accept'),
    /** Priority after triage; that of the referral when absent. */
    priority: text.optional(),
    why: text.optional(),
    modality: text.default('in-person'),
  }),
  z.strictObject({
    move: z.literal('reject'),
    reason: text,
    comment: text,
    advice: text.optional(),
    /** `alias.specialty` of the service that is advised. */
    service: text.optional(),
    missing: z.array(text).optional(),
  }),
  z.strictObject({ move: z.literal('resubmit'), change: text }),
  z.strictObject({ move: z.literal('revoke'), reason: text, informed: z.boolean(), comment: text }),
  z.strictObject({ move: z.literal('redirect'), to: facility, reason: text, comment: text }),
  z.strictObject({ move: z.literal('book'), ...when }),
  z.strictObject({ move: z.literal('reschedule'), reason: text, ...when }),
  z.strictObject({ move: z.literal('cancel-appointment'), reason: text, comment: text }),
  z.strictObject({ move: z.literal('no-show'), reason: text }),
  z.strictObject({ move: z.literal('not-arrived'), reason: text, comment: text }),
  z.strictObject({
    move: z.literal('contact-attempt'),
    medium: text,
    reached: z.boolean(),
    reason: text.optional(),
    note: text.optional(),
  }),
  z.strictObject({
    move: z.literal('respond'),
    oportuna: text,
    justificada: text,
    ...answer,
  }),
  z.strictObject({ move: z.literal('interim'), ...answer }),
  z.strictObject({ move: z.literal('amend'), reason: text, ...answer }),
  z.strictObject({ move: z.literal('withdraw-info'), reason: text }),
  z.strictObject({ move: z.literal('pause-waiting'), reason: text, days: z.int().positive() }),
  z.strictObject({ move: z.literal('no-response'), comment: text }),
  z.strictObject({ move: z.literal('convert'), reason: text }),
  z.strictObject({ move: z.literal('leave-list'), reason: text, comment: text }),
  z.strictObject({ move: z.literal('request-cancel'), reason: text, askedBy: text }),
  z.strictObject({ move: z.literal('confirm-cancel') }),
  z.strictObject({ move: z.literal('record-death') }),
  z.strictObject({ move: z.literal('void'), reason: text }),
  z.strictObject({
    move: z.literal('close'),
    outcome: text,
    items: z.array(z.strictObject({ text, done: z.boolean(), reason: text.optional() })),
  }),
]);

const referralCase = z.strictObject({
  /** Two digits; part of the placer number. */
  key: z.string().regex(/^\d{2}$/),
  patient: text,
  from: facility,
  to: facility,
  specialty: text,
  /** Asks for advice (interconsulta), and lets it be converted into a referral. */
  advice: z.boolean().optional(),
  /** Code of `referral-purpose`. */
  motive: text,
  /** Code of `care-requested`. */
  care: text,
  priority: z.enum(['routine', 'urgent', 'asap', 'stat']).default('routine'),
  urgency: text.optional(),
  /** Of an emergency: when it is awaited; short enough to run out while the demonstration is played. */
  arrivesInSeconds: z.int().positive().optional(),
  /** Code of seed/cie10.json. */
  diagnosis: text,
  risk: text,
  question: text.optional(),
  summary: text,
  vitals: z.record(z.string(), z.number()).default({}),
  /** Keys of seed/loinc-lab.json; a number in the unit of the list, or words. */
  tests: z.record(z.string(), z.union([z.number(), text])).default({}),
  attachment: z.strictObject({ title: text, lines: z.array(text).min(1) }).optional(),
  companion: z
    .strictObject({ name: text, relationship: text, phone: text.optional(), address: text.optional() })
    .optional(),
  contact: z.strictObject({ name: text, post: text }).optional(),
  transport: text.optional(),
  handover: z
    .strictObject({
      airway: text,
      breathing: text,
      circulation: text,
      neurological: text,
      exposure: text.optional(),
      treatment: z.array(text),
    })
    .optional(),
  steps: z.array(step),
  /** State in which the demonstration leaves the referral. */
  ends: z.enum(ALL_STATES),
});

export type DemoPerson = z.infer<typeof person>;
export type DemoCase = z.infer<typeof referralCase>;
export type DemoStep = z.infer<typeof step>;
/** A step of one kind. */
export type StepOf<Move extends DemoStep['move']> = Extract<DemoStep, { move: Move }>;

/** People and cases of the demonstration. */
export interface DemoData {
  readonly people: readonly DemoPerson[];
  readonly cases: readonly DemoCase[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(packageRoot, 'seed', `${name}.json`), 'utf8'));

/** Reads seed/demo-patients.json and seed/demo-cases.json. Throws ZodError when one is not as it should be. */
export const loadDemoData = (): DemoData => ({
  people: z.array(person).parse(read('demo-patients')),
  cases: z.array(referralCase).parse(read('demo-cases')),
});
