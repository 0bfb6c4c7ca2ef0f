import type { Bundle, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../../src/config/canonical.js';
import type { ReferralState } from '../../src/referral/states.js';

/** What a visit may ask about the data of the demonstration. */
export interface Scene {
  /** A FHIR search as the account that sees everything; `path` is below `/fhir`. */
  search(path: string): Promise<Bundle>;
  /** Organization id of an account's post. */
  facilityOf(account: string): Promise<string>;
  /** Newest published month, `YYYY-MM`. */
  newestMonth(): Promise<string>;
}

/**
 * Most bytes on the wire of a page with all that it loads (ui-anchors 3.4): public and patient pages, hospital and office
 * pages, the capture form of the clinic.
 */
export const BUDGETS = { public: 20_000, staff: 40_000, form: 60_000 } as const;

/** One page as one person sees it. */
export interface PageVisit {
  /** Path of the row in `PAGES`. */
  readonly page: string;
  /** Account; nobody is signed in when absent. */
  readonly as?: string;
  readonly budget: keyof typeof BUDGETS;
  /** Name of its picture in the guides; none when absent. */
  readonly picture?: string;
  /** Address with its places filled. */
  at(scene: Scene): Promise<string> | string;
}

const ofDemo = (dni: string): string => `Patient?identifier=${encodeURIComponent(`${SID.dni}|${dni}`)}`;

async function only(scene: Scene, path: string): Promise<string> {
  const id = (await scene.search(path)).entry?.[0]?.resource?.id;
  if (id === undefined) throw new Error(`the demonstration has nothing for ${path}`);
  return id;
}

/** The referral of the first leg that a query finds. */
async function referralOf(scene: Scene, query: Readonly<Record<string, string>>): Promise<string> {
  const text = new URLSearchParams(query).toString();
  const { entry = [] } = await scene.search(`Task?${text}`);
  const focus = entry.flatMap(({ resource }) => (resource as Task | undefined)?.focus?.reference ?? [])[0];
  const id = focus?.split('/')[1];
  if (id === undefined) throw new Error(`the demonstration has no referral ${text}`);
  return id;
}

/** A referral in one of the states, at the destination (or sent by the origin) of an account. */
async function referral(
  scene: Scene,
  account: string,
  states: readonly ReferralState[],
  side: 'owner' | 'requester' = 'owner',
): Promise<string> {
  const codes = states.map((state) => `${codeSystemUrl('referral-status')}|${state}`).join(',');
  return referralOf(scene, {
    [side]: `Organization/${await scene.facilityOf(account)}`,
    'business-status': codes,
  });
}

const fixed = (path: string) => (): string => path;

/** A person of the demonstration with allergies, studies and referrals, registered at uaps1. */
const KNOWN_DNI = '0101198480011';
const ofPerson =
  (tail = '') =>
  async (scene: Scene): Promise<string> =>
    `/pacientes/${await only(scene, ofDemo(KNOWN_DNI))}${tail}`;
const ofReferral =
  (account: string, states: readonly ReferralState[], tail = '', side?: 'owner' | 'requester') =>
  async (scene: Scene): Promise<string> =>
    `/referencias/${await referral(scene, account, states, side)}${tail}`;
const ofMonth =
  (before: string, tail = '') =>
  async (scene: Scene): Promise<string> =>
    `${before}/${await scene.newestMonth()}${tail}`;

async function ownReferral(scene: Scene): Promise<string> {
  const patient = await only(scene, `Patient?identifier=${encodeURIComponent(`${SID.account}|patient.1`)}`);
  return `/mi/referencias/${await only(scene, `ServiceRequest?subject=Patient/${patient}`)}`;
}

/** Where that patient changes the visit that lies ahead. */
const ownVisit =
  (what: string) =>
  async (scene: Scene): Promise<string> => {
    const patient = await only(scene, `Patient?identifier=${encodeURIComponent(`${SID.account}|patient.1`)}`);
    const scheduled = `${codeSystemUrl('referral-status')}|scheduled`;
    const id = await referralOf(scene, { patient: `Patient/${patient}`, 'business-status': scheduled });
    return `/mi/referencias/${id}/${what}`;
  };

/** The sheet of somebody whose record is full. */
const sheetOfPerson = async (scene: Scene): Promise<string> => {
  const patient = await only(scene, ofDemo(KNOWN_DNI));
  const requester = `Organization/${await scene.facilityOf(CLINIC)}`;
  return `/referencias/${await referralOf(scene, { patient: `Patient/${patient}`, requester })}/hoja`;
};

const CLINIC = 'clinician.uaps1';
const TRIAGE = 'triage.hosp1';
const SCHEDULER = 'scheduler.hosp1';
const SPECIALIST = 'specialist.hosp1';

/**
 * Every page that is opened by a link, as somebody who opens it, with the data of the demonstration. Pages that a person
 * reaches only by posting a form are visited by the tests of their area.
 */
export const PAGE_VISITS: readonly PageVisit[] = [
  { page: '/', budget: 'public', at: fixed('/') },
  { page: '/entrar', budget: 'public', at: fixed('/entrar') },
  { page: '/', as: CLINIC, budget: 'staff', picture: 'clinica-inicio', at: fixed('/') },
  { page: '/', as: TRIAGE, budget: 'staff', picture: 'hospital-inicio', at: fixed('/') },
  { page: '/puesto', as: 'clinician.turnos', budget: 'staff', at: fixed('/puesto') },
  { page: '/clave', as: CLINIC, budget: 'staff', at: fixed('/clave') },
  { page: '/clave/lista', budget: 'public', at: fixed('/clave/lista') },
  { page: '/componentes', budget: 'public', at: fixed('/componentes') },

  { page: '/pacientes', as: CLINIC, budget: 'staff', picture: 'clinica-buscar', at: fixed('/pacientes') },
  { page: '/pacientes', as: CLINIC, budget: 'staff', at: fixed(`/pacientes?buscar=${KNOWN_DNI}`) },
  { page: '/pacientes', as: CLINIC, budget: 'staff', at: fixed('/pacientes?buscar=nadie+con+este+nombre') },
  {
    page: '/pacientes/nuevo',
    as: CLINIC,
    budget: 'staff',
    picture: 'clinica-registrar',
    at: fixed('/pacientes/nuevo'),
  },
  { page: '/pacientes/:id', as: CLINIC, budget: 'staff', picture: 'clinica-expediente', at: ofPerson() },
  { page: '/pacientes/:id', as: 'clerk.uaps1', budget: 'staff', at: ofPerson() },
  { page: '/pacientes/:id/datos', as: CLINIC, budget: 'staff', at: ofPerson('/datos') },
  { page: '/pacientes/:id/alergia', as: CLINIC, budget: 'staff', at: ofPerson('/alergia') },
  { page: '/pacientes/:id/problema', as: CLINIC, budget: 'staff', at: ofPerson('/problema') },
  { page: '/pacientes/:id/referir', as: CLINIC, budget: 'form', picture: 'clinica-hc10', at: ofPerson('/referir') },
  { page: '/pacientes/:id/codigo', as: 'clerk.uaps1', budget: 'staff', at: ofPerson('/codigo') },

  { page: '/bandeja', as: TRIAGE, budget: 'staff', picture: 'hospital-bandeja', at: fixed('/bandeja') },
  { page: '/bandeja', as: CLINIC, budget: 'staff', picture: 'clinica-bandeja', at: fixed('/bandeja') },
  { page: '/bandeja', as: 'uau.uaps2', budget: 'staff', at: fixed('/bandeja?lista=overdue') },
  { page: '/bandeja', as: 'uau.uaps1', budget: 'staff', at: fixed('/bandeja?lista=notices') },
  { page: '/bandeja', as: CLINIC, budget: 'staff', at: fixed('/bandeja?lista=drafts') },
  { page: '/bandeja/hoja', as: CLINIC, budget: 'staff', at: fixed('/bandeja/hoja?lista=home-visit') },
  { page: '/bandeja/hoja', as: CLINIC, budget: 'staff', at: fixed('/bandeja/hoja?lista=sent-open') },
  { page: '/supervision', as: CLINIC, budget: 'staff', at: fixed('/supervision') },
  { page: '/supervision', as: 'manager.red1', budget: 'staff', at: fixed('/supervision') },
  { page: '/mensajes', as: CLINIC, budget: 'staff', at: fixed('/mensajes') },
  { page: '/recepcion', as: 'clerk.hosp1', budget: 'staff', picture: 'hospital-recepcion', at: fixed('/recepcion') },
  {
    page: '/recepcion',
    as: 'clerk.hosp1',
    budget: 'staff',
    at: fixed(`/recepcion?buscar=${KNOWN_DNI}`),
  },
  { page: '/agenda', as: 'scheduler.hosp1', budget: 'staff', at: fixed('/agenda') },
  {
    page: '/referencias/:id/fila',
    as: 'scheduler.hosp1',
    budget: 'staff',
    at: ofReferral('scheduler.hosp1', ['accepted-waiting', 'no-show', 'appointment-cancelled'], '/fila'),
  },
  {
    page: '/referencias/:id/reabrir',
    as: CLINIC,
    budget: 'staff',
    at: ofReferral(CLINIC, ['closed', 'cancelled', 'left-list'], '/reabrir', 'requester'),
  },
  {
    page: '/referencias/:id/:move',
    as: SCHEDULER,
    budget: 'staff',
    at: ofReferral(SCHEDULER, ['accepted-waiting'], '/leave-list'),
  },
  { page: '/recepcion/emergencia', as: 'clerk.hosp1', budget: 'staff', at: fixed('/recepcion/emergencia') },
  { page: '/registro', as: 'clerk.uaps1', budget: 'staff', at: fixed('/registro') },

  {
    page: '/referencias/:id',
    as: TRIAGE,
    budget: 'staff',
    picture: 'hospital-referencia',
    at: ofReferral(TRIAGE, ['in-triage']),
  },
  {
    page: '/referencias/:id',
    as: CLINIC,
    budget: 'staff',
    picture: 'clinica-referencia',
    at: ofReferral(CLINIC, ['answered', 'follow-up', 'closed'], '', 'requester'),
  },
  {
    page: '/referencias/:id/:move',
    as: TRIAGE,
    budget: 'staff',
    picture: 'hospital-rechazar',
    at: ofReferral(TRIAGE, ['in-triage'], '/reject'),
  },
  {
    page: '/referencias/:id/:move',
    as: SCHEDULER,
    budget: 'staff',
    picture: 'hospital-cita',
    at: ofReferral(SCHEDULER, ['accepted-waiting'], '/book'),
  },
  {
    page: '/referencias/:id/:move',
    as: SPECIALIST,
    budget: 'staff',
    picture: 'hospital-respuesta',
    at: ofReferral(SPECIALIST, ['in-care'], '/respond'),
  },
  {
    page: '/referencias/:id/enviada',
    as: CLINIC,
    budget: 'staff',
    picture: 'clinica-enviada',
    at: ofReferral(CLINIC, ['sent', 'in-triage', 'scheduled', 'accepted-waiting'], '/enviada', 'requester'),
  },
  {
    page: '/referencias/:id/hoja',
    as: CLINIC,
    budget: 'staff',
    picture: 'clinica-hoja',
    at: sheetOfPerson,
  },

  { page: '/seguir', budget: 'public', picture: 'paciente-seguir', at: fixed('/seguir') },
  { page: '/activar', budget: 'public', picture: 'paciente-activar', at: fixed('/activar') },
  { page: '/mi', as: 'patient.1', budget: 'public', picture: 'paciente-inicio', at: fixed('/mi') },
  { page: '/mi/referencias', as: 'patient.1', budget: 'public', at: fixed('/mi/referencias') },
  {
    page: '/mi/referencias/:id',
    as: 'patient.1',
    budget: 'public',
    picture: 'paciente-referencia',
    at: ownReferral,
  },
  ...(['cambiar', 'cancelar'] as const).map((what): PageVisit => ({
    page: `/mi/referencias/:id/${what}`,
    as: 'patient.1',
    budget: 'public',
    at: ownVisit(what),
  })),
  { page: '/mi/estudios', as: 'patient.1', budget: 'public', at: fixed('/mi/estudios') },
  { page: '/mi/vacunas', as: 'patient.1', budget: 'public', at: fixed('/mi/vacunas') },
  { page: '/mi/accesos', as: 'patient.1', budget: 'public', picture: 'paciente-accesos', at: fixed('/mi/accesos') },
  { page: '/mi/datos', as: 'patient.1', budget: 'public', at: fixed('/mi/datos') },

  {
    page: '/publicaciones',
    as: 'statistics',
    budget: 'staff',
    picture: 'ministerio-publicaciones',
    at: fixed('/publicaciones'),
  },
  {
    page: '/publicaciones/:month',
    as: 'approver',
    budget: 'staff',
    picture: 'ministerio-informe',
    at: ofMonth('/publicaciones'),
  },
  {
    page: '/publicaciones/:month/:table',
    as: 'statistics',
    budget: 'staff',
    at: ofMonth('/publicaciones', '/region-sex'),
  },
  {
    page: '/publicaciones/:month/regiones',
    as: 'statistics',
    budget: 'staff',
    at: ofMonth('/publicaciones', '/regiones'),
  },
  { page: '/publicaciones/preguntas', as: 'statistics', budget: 'staff', at: fixed('/publicaciones/preguntas') },
  { page: '/plazos', as: 'national', budget: 'staff', at: fixed('/plazos') },
  { page: '/datos', budget: 'public', picture: 'datos', at: fixed('/datos') },
  { page: '/datos/:month', budget: 'public', at: ofMonth('/datos') },
  {
    page: '/datos/:month/:table',
    budget: 'public',
    picture: 'datos-tabla',
    at: ofMonth('/datos', '/region-sex'),
  },
  { page: '/datos/:month/v:version', budget: 'public', at: ofMonth('/datos', '/v1') },
  { page: '/datos/:month/v:version/:table', budget: 'public', at: ofMonth('/datos', '/v1/region-age') },
  { page: '/datos/definiciones', budget: 'public', at: fixed('/datos/definiciones') },
  { page: '/datos/preguntas', budget: 'public', picture: 'datos-preguntas', at: fixed('/datos/preguntas') },
];
