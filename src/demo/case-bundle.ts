import type { Binary, Bundle, DocumentReference, Patient, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import type { BundleEntries } from '../referral/hc10/bundle-entries.js';
import { hc10Bundle } from '../referral/hc10/hc10-bundle.js';
import { isReferral } from '../referral/vocabulary.js';
import { catalogue } from '../seed/catalogue.js';
import { localInstant, MINUTE } from '../seed/history/calendar.js';
import { specialtyDisplay } from '../seed/service-resources.js';
import { caseAllergies } from './case-allergies.js';
import { caseForm } from './case-form.js';
import { caseObservations } from './case-observations.js';
import type { DemoCase, DemoPerson } from './demo-data.js';
import type { DirectoryFacility, Post } from './directory.js';
import { onePagePdf } from './one-page-pdf.js';

/** A person and how they are referred to, with the facilities and the author of a case. */
export interface CaseScene {
  readonly origin: DirectoryFacility;
  readonly destination: DirectoryFacility;
  readonly author: Post;
  readonly patient: Reference<Patient> & { readonly reference: string };
  readonly person: DemoPerson;
  /** Is it the first case of this person from this facility? Allergies are told once. */
  readonly first: boolean;
  /** Moment of sending, ms since 1970. */
  readonly now: number;
}

const SECOND_MS = 1_000;
/** The form is written this long before it is sent. */
const WRITING_MS = 10 * MINUTE;

const diagnoses = new Map(catalogue.diagnoses.map((diagnosis) => [diagnosis.code, diagnosis]));

/** Number that the origin's own system gave to a case: the same in every run. */
export const placerNumber = ({ from, key }: Pick<DemoCase, 'from' | 'key'>): string => `DEMO-${from}-${key}`;

/** A report as PDF: the bytes as Binary, and the DocumentReference by which the record finds them. */
function attachment(
  each: DemoCase,
  { patient, author }: CaseScene,
  written: number,
  entries: BundleEntries,
): Reference[] {
  if (!each.attachment) return [];
  const { title, lines } = each.attachment;
  const pdf = onePagePdf([title, '', ...lines]);
  const binary: Binary = {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    securityContext: patient,
    data: pdf.toString('base64'),
  };
  const { reference: url } = entries.add(binary);
  const document: DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { text: title },
    subject: patient,
    date: new Date(written).toISOString(),
    author: [author],
    description: title,
    content: [{ attachment: { contentType: 'application/pdf', language: 'es', url, size: pdf.length, title } }],
  };
  return [entries.add(document)];
}

/**
 * The Bundle that sends a case: the form HC-10 with its results, allergies and attachments.
 * Its placer number makes the sending repeatable: a second one changes nothing.
 */
export function caseBundle(each: DemoCase, scene: CaseScene): Bundle {
  const written = scene.now - WRITING_MS;
  const diagnosis = diagnoses.get(each.diagnosis);
  if (!diagnosis) throw new RangeError(`no diagnosis ${each.diagnosis}`);
  const { author, patient, origin, destination, person } = scene;
  const bundle = hc10Bundle(
    {
      placer: placerNumber(each),
      written: new Date(written),
      patient,
      author,
      origin: origin.reference,
      destination: destination.reference,
      specialty: { code: each.specialty, display: specialtyDisplay(each.specialty) },
      priority: each.priority,
      motives: [each.motive],
      values: caseForm(each, new Date(written)),
      diagnosis: { coded: diagnosis, text: diagnosis.display },
      results: caseObservations(each, person.sex),
      allergies: scene.first ? caseAllergies(scene, written) : [],
    },
    (entries) => attachment(each, scene, written, entries),
  );
  if (each.advice) return asAdvice(bundle);
  const { arrivesInSeconds } = each;
  if (arrivesInSeconds === undefined) return bundle;
  return withOrder(bundle, (order) => ({
    ...order,
    occurrenceDateTime: localInstant(scene.now + arrivesInSeconds * SECOND_MS),
  }));
}

/** The same form as a request for advice that may be converted into a referral. */
const asAdvice = (bundle: Bundle): Bundle =>
  withOrder(bundle, (order) => ({
    ...order,
    intent: 'proposal',
    category: [{ coding: [{ system: codeSystemUrl('referral-category'), code: 'interconsulta' }] }],
    extension: [...(order.extension ?? []), { url: extensionUrl('conversion-authorised'), valueBoolean: true }],
  }));

/** The same form with another order in place of its own. */
const withOrder = (bundle: Bundle, change: (order: ServiceRequest) => ServiceRequest): Bundle => ({
  ...bundle,
  entry: (bundle.entry ?? []).map(({ resource, ...entry }) => ({
    ...entry,
    ...(resource ? { resource: isReferral(resource) ? change(resource) : resource } : {}),
  })),
});
