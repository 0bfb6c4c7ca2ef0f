import type { Composition, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { dateIn } from '../../config/honduras-time.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { narrativeLines } from '../narrative-text.js';
import { readLinked } from '../task-io.js';
import { hasCoding } from '../vocabulary.js';
import { dateInWords } from './date-in-words.js';

/** One thing that the answer asks of the origin. */
export interface PlanItem {
  readonly text?: string;
  /** Reference text, for what the plan lists as a resource. */
  readonly reference?: string;
  /** Day on which it is to be done, `YYYY-MM-DD`; absent for what has no day. */
  readonly due?: string;
}

const dayOf = (moment: string | undefined): string | undefined => {
  if (moment === undefined || moment.length < 10) return undefined;
  return moment.length === 10 ? moment : dateIn(new Date(moment));
};

/** Day that a listed resource itself says. */
function dayIn(resource: Resource | undefined): string | undefined {
  switch (resource?.resourceType) {
    case 'ServiceRequest':
      return dayOf(resource.occurrenceDateTime ?? resource.occurrencePeriod?.start);
    case 'Appointment':
      return dayOf(resource.start);
    case 'Task':
      return dayOf(resource.restriction?.period?.end);
    default:
      return undefined;
  }
}

const SECTION = codeSystemUrl('respuesta-section');

/** What the plan of an answer asks of the origin, in its order: the things that it lists, else the lines of its text. */
export async function planItems(context: FhirContext, answer: Composition | undefined): Promise<readonly PlanItem[]> {
  const plan = answer?.section?.find(({ code }) => hasCoding(code, SECTION, 'plan'));
  const from = dayOf(answer?.date) ?? dateIn(new Date());
  const listed = await Promise.all(
    (plan?.entry ?? []).map(async ({ reference, display }): Promise<PlanItem> => {
      const due = dayIn((await readLinked(context, reference))?.resource);
      return {
        ...(reference === undefined ? {} : { reference }),
        ...(display === undefined ? {} : { text: display }),
        ...(due === undefined ? {} : { due }),
      };
    }),
  );
  if (listed.length > 0) return listed;
  return narrativeLines(plan?.text?.div).map((text) => {
    const due = dateInWords(text, from);
    return { text, ...(due === undefined ? {} : { due }) };
  });
}
