import type {
  Encounter,
  Immunization,
  Observation,
  Parameters,
  ParametersParameter,
  Patient,
} from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import { operationUrl } from '../../config/canonical.js';
import { dateIn } from '../../config/honduras-time.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { overdueDoses } from '../overdue-doses.js';
import { overdueVisits, type Pregnancy, weeksOf } from '../prenatal-visits.js';

/** LOINC codes of what HC-10 and the prenatal card say of a pregnancy. */
const LOINC = { lmp: '8665-2', edd: '11778-8', visits: '68493-6' } as const;
/** CIE-10 of the supervision of a pregnancy, normal or at risk. */
const SUPERVISION = /^Z3[45]/;
const PRENATAL = /prenatal/i;
/** Rows of one person that are looked at, newest first. */
const MOST_ROWS = 500;

const dayOf = (moment: string | undefined): string | undefined =>
  moment === undefined ? undefined : moment.length <= 10 ? moment : dateIn(new Date(moment));

/** Was it a prenatal visit, by its reason or by its name? */
const isPrenatal = ({ type = [], reasonCode = [] }: Encounter): boolean =>
  [...type, ...reasonCode].some(
    ({ coding = [], text = '' }) =>
      PRENATAL.test(text) ||
      coding.some(
        ({ system, code = '', display = '' }) =>
          (system === CODE_SYSTEMS.icd10 && SUPERVISION.test(code)) || PRENATAL.test(display),
      ),
  );

/** What the record tells of the newest pregnancy. */
async function pregnancyOf({ store }: FhirContext, patient: string): Promise<Pregnancy> {
  const codes = Object.values(LOINC).map((code) => `code|${CODE_SYSTEMS.loinc}|${code}`);
  const [observations, encounters] = await Promise.all([
    store.find('Observation', { pt: patient, 's.tok': { $in: codes } }, { limit: MOST_ROWS, hint: 'pt' }),
    store.find('Encounter', { pt: patient }, { limit: MOST_ROWS, hint: 'pt' }),
  ]);
  const known = observations
    .map((stored) => resourceOf<Observation>(stored))
    .filter(({ status }) => status !== 'entered-in-error' && status !== 'cancelled')
    .sort((a, b) => ((a.effectiveDateTime ?? '') < (b.effectiveDateTime ?? '') ? 1 : -1));
  const newest = (code: string): Observation | undefined =>
    known.find((one) =>
      one.code.coding?.some((coding) => coding.system === CODE_SYSTEMS.loinc && coding.code === code),
    );
  const visits = encounters
    .map((stored) => resourceOf<Encounter>(stored))
    .filter((visit) => visit.status !== 'cancelled' && visit.status !== 'entered-in-error' && isPrenatal(visit))
    .flatMap(({ period }) => dayOf(period?.start) ?? []);
  return {
    lmp: dayOf(newest(LOINC.lmp)?.valueDateTime),
    edd: dayOf(newest(LOINC.edd)?.valueDateTime),
    told: newest(LOINC.visits)?.valueInteger,
    visits: [...new Set(visits)],
  };
}

const isWoman = ({ gender }: Patient): boolean => gender !== 'male';

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  readInput(request, []);
  const stored = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const patient = resourceOf<Patient>(stored);
  const given = await context.store.find('Immunization', { pt: stored._id }, { limit: MOST_ROWS, hint: 'pt' });
  const doses = overdueDoses(
    patient,
    given.map((one) => resourceOf<Immunization>(one)),
  );
  const pregnancy = isWoman(patient) ? await pregnancyOf(context, stored._id) : { visits: [] };
  const weeks = weeksOf(pregnancy);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: '$prevention-due', pt: [stored._id], ent: [`Patient/${stored._id}`] }),
  );
  const parameter: ParametersParameter[] = [
    ...doses.map(({ vaccine, dose, due }) => ({
      name: 'vaccine',
      part: [
        { name: 'display', valueString: vaccine.display },
        { name: 'dose', valueInteger: dose },
        { name: 'due', valueDate: due },
      ],
    })),
    ...(weeks === undefined ? [] : [{ name: 'weeks', valueInteger: weeks }]),
    ...overdueVisits(pregnancy).map(({ visit, due }) => ({
      name: 'prenatal-visit',
      part: [
        { name: 'visit', valueInteger: visit },
        { name: 'due', valueDate: due },
      ],
    })),
  ];
  const answer: Parameters = { resourceType: 'Parameters', parameter };
  return resourceAnswer(200, answer);
}

/**
 * `GET Patient/{id}/$prevention-due`: the preventive care that a person lacks by the national schedules: doses of a child
 * under five, visits of a pregnancy that goes on. It stands beside a referral for both sides: whoever sees the person can do it.
 */
export const preventionDue: Operation = {
  name: 'prevention-due',
  definition: operationUrl('prevention-due'),
  level: 'instance',
  type: 'Patient',
  method: 'GET',
  affectsState: false,
  purpose: 'Vacunas y controles prenatales que le faltan a una persona según los esquemas nacionales.',
  handle,
};
