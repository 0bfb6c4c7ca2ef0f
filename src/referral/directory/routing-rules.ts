import type { Words } from '../../words.js';

/** Types of facility by LN23:2019, annex 1 (code system `facility-type`). */
export type FacilityType =
  'uaps' | 'cis' | 'policlinico' | 'hospital-basico' | 'hospital-general' | 'hospital-especialidades' | 'instituto';

const HOSPITALS: readonly FacilityType[] = [
  'hospital-basico',
  'hospital-general',
  'hospital-especialidades',
  'instituto',
];

/** A referral that should be talked over elsewhere first. Never a reason to refuse it. */
interface ConsultRow extends Words {
  readonly from: readonly FacilityType[];
  readonly to: readonly FacilityType[];
  /** Type of facility whose specialists are consulted. */
  readonly first: FacilityType;
}

/** Who is consulted before a referral that can wait (LN23:2019, 8.1.7). */
export const CONSULT_FIRST: readonly ConsultRow[] = [
  {
    from: ['uaps', 'cis'],
    to: HOSPITALS,
    first: 'policlinico',
    es: 'Antes de referir a un hospital, el primer nivel consulta con los especialistas del policlínico, a distancia si hace falta (LN23:2019, 8.1.7).',
    en: 'Before referring to a hospital, the first level consults the specialists of the polyclinic, remotely where needed (LN23:2019, 8.1.7).',
  },
];

/** How near a facility is in the network of services. */
export type Nearness = 'network' | 'region' | 'country';

interface OrderRow extends Words {
  readonly near: Nearness;
  readonly types: readonly FacilityType[];
}

/**
 * Order in which destinations that offer a specialty are suggested, first the first; the words say why. Urgent referrals skip
 * the rows of the first level: they go where somebody is admitted (LN23:2019, 7.2.2, 8.1).
 */
export const SUGGESTION_ORDER: readonly OrderRow[] = [
  {
    near: 'network',
    types: ['policlinico'],
    es: 'Es el policlínico de su red: se consulta primero.',
    en: 'It is the polyclinic of your network: consulted first.',
  },
  {
    near: 'network',
    types: ['cis'],
    es: 'Es de su red y del primer nivel.',
    en: 'It is of your network and first level.',
  },
  { near: 'network', types: HOSPITALS, es: 'Es el hospital de su red.', en: 'It is the hospital of your network.' },
  {
    near: 'region',
    types: ['policlinico'],
    es: 'Es un policlínico de su región.',
    en: 'It is a polyclinic of your region.',
  },
  { near: 'region', types: HOSPITALS, es: 'Es un hospital de su región.', en: 'It is a hospital of your region.' },
  {
    near: 'country',
    types: HOSPITALS,
    es: 'Está en otra región: solo cuando más cerca no se atiende.',
    en: 'It is in another region: only when nobody nearer attends.',
  },
];

/** Types of the first level, which urgent referrals skip. */
export const FIRST_LEVEL: ReadonlySet<FacilityType> = new Set<FacilityType>(['uaps', 'cis', 'policlinico']);
