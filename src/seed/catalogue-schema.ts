import { z } from 'zod';

const code = (digits: number): z.ZodString => z.string().regex(new RegExp(`^\\d{${digits}}$`));
const sex = z.enum(['male', 'female']);
const bySex = z.strictObject({ male: z.array(z.string()).min(1), female: z.array(z.string()).min(1) });

/** The seven facility types (LN23:2019 annex 1; code system `facility-type`) with their display, by complexity. */
export const FACILITY_TYPES = {
  uaps: 'Unidad de Atención Primaria en Salud (UAPS)',
  cis: 'Centro Integral de Salud (CIS)',
  policlinico: 'Policlínico',
  'hospital-basico': 'Hospital básico',
  'hospital-general': 'Hospital general',
  'hospital-especialidades': 'Hospital de especialidades',
  instituto: 'Instituto',
} as const;
export type FacilityType = keyof typeof FACILITY_TYPES;

/** Code of a sanitary region, 1 to 20 (code system `sanitary-region`). */
const regionCode = z.string().regex(/^([1-9]|1\d|20)$/);

const region = z.strictObject({
  code: regionCode,
  name: z.string(),
  department: code(2),
  /** Municipalities of the department that belong to another region. */
  excludes: z.array(code(4)).optional(),
  /** The only municipalities of the department that belong to this region. */
  only: z.array(code(4)).optional(),
});

const municipality = z.strictObject({
  /** DDMM: department and municipality. */
  code: code(4),
  name: z.string(),
  department: code(2),
  /** Seat of the department. */
  head: z.boolean().optional(),
  hardToReach: z.boolean().optional(),
});

const network = z.strictObject({ alias: z.string(), name: z.string(), region: regionCode, demonstration: z.boolean() });

const schedule = z.strictObject({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  from: z.string().optional(),
  to: z.string().optional(),
  allDay: z.boolean().optional(),
});

const facility = z.strictObject({
  rups: z.string().regex(/^\d{1,10}$/),
  /** True when the RUPS code is the ministry's; false for a demonstration code. */
  official: z.boolean(),
  alias: z.string().optional(),
  name: z.string(),
  /** True when the name is that of a real, publicly known facility. */
  publicName: z.boolean(),
  type: z.enum(Object.keys(FACILITY_TYPES) as [FacilityType, ...FacilityType[]]),
  level: z.union([z.literal(1), z.literal(2)]),
  region: regionCode,
  municipality: code(4),
  network: z.string(),
  institution: z.enum(['sesal', 'ihss', 'militar', 'privado', 'ong', 'otro']),
  gestor: z.enum(['centralizado', 'descentralizado']),
  /** Organization that manages a decentralised facility. */
  manager: z.string().optional(),
  phone: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  /** Specialty -> name of its opening hours. */
  services: z.record(z.string(), z.string()),
});

const diagnosis = z.strictObject({
  code: z.string().regex(/^[A-Z]\d{2}(\.\d)?$/),
  display: z.string(),
  /** Specialty a referral for it usually goes to. */
  specialty: z.string(),
  sex: sex.optional(),
  /** Completed years. */
  minAge: z.number().optional(),
  maxAge: z.number().optional(),
  chronic: z.boolean().optional(),
  /** Share among synthetic visits; absent: not used by the generator. */
  weight: z.number().positive().optional(),
});

const vaccine = z.strictObject({
  code: z.string(),
  display: z.string(),
  cvx: z.string(),
  sex: sex.optional(),
  doses: z.array(
    z.strictObject({
      dose: z.number().int(),
      ageDays: z.number().int(),
      repeatYears: z.number().int().optional(),
      /** Year in which the dose entered the schedule. */
      fromYear: z.number().int().optional(),
      toConfirm: z.boolean().optional(),
    }),
  ),
});

const medication = z.strictObject({
  atc: z.string().regex(/^[A-Z]\d{2}[A-Z]{1,2}(\d{2})?$/),
  display: z.string(),
  dosage: z.string(),
  /** CIE-10 codes, or beginnings of codes, it is given for. */
  for: z.array(z.string()).min(1),
});

const allergen = z.strictObject({
  key: z.string(),
  display: z.string(),
  category: z.enum(['food', 'medication', 'environment']),
  atc: z.string().optional(),
  reaction: z.string(),
  weight: z.number().positive(),
});

const share = z.number().min(0).max(1);
const population = z.strictObject({
  note: z.string(),
  /** First year, last year, weight. */
  agePyramid: z.array(z.tuple([z.number(), z.number(), z.number()])),
  newbornShare: share,
  /** Department -> people -> share. */
  peoples: z.record(code(2), z.record(z.string(), share)),
  /** People -> language (BCP 47), share that prefers it, share of those that needs an interpreter. */
  languages: z.record(
    z.string(),
    z.strictObject({ code: z.string(), display: z.string(), speaks: share, interpreter: share }),
  ),
});

/** Files of the folder `seed` and their shapes. */
export const CATALOGUE_FILES = {
  regions: z.array(region),
  municipalities: z.array(municipality),
  networks: z.array(network),
  facilities: z.strictObject({
    note: z.string(),
    schedules: z.record(z.string(), schedule),
    facilities: z.array(facility),
  }),
  specialties: z.array(z.strictObject({ code: z.string(), display: z.string(), en: z.string() })),
  cie10: z.array(diagnosis),
  vaccines: z.strictObject({ version: z.string(), source: z.string(), cvx: z.string(), schedule: z.array(vaccine) }),
  medications: z.array(medication),
  allergens: z.array(allergen),
  population,
  names: z.strictObject({
    given: bySex,
    surnames: z.array(z.string()),
    byPeople: z.record(z.string(), z.strictObject({ surnames: z.array(z.string()), given: bySex.optional() })),
  }),
  places: z.strictObject({
    urban: z.array(z.string()),
    rural: z.array(z.string()),
    byMunicipality: z.record(z.string(), z.array(z.string())),
    landmarks: z.array(z.string()),
  }),
} as const;

export type Region = z.infer<typeof region>;
export type Municipality = z.infer<typeof municipality>;
export type Network = z.infer<typeof network>;
export type Schedule = z.infer<typeof schedule>;
export type Facility = z.infer<typeof facility>;
export type Diagnosis = z.infer<typeof diagnosis>;
export type { LaboratoryTest } from '../record/catalogue/studies.js';
export type Vaccine = z.infer<typeof vaccine>;
export type Medication = z.infer<typeof medication>;
