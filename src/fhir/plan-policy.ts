import { assertMayWrite, type AfterImage } from '../access/policy/write-gate.js';
import type { Resource } from '@medplum/fhirtypes';
import type { FoundResource } from '../store/envelope.js';
import type { ResourceWrite } from '../store/write-plan.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';
import { localTarget } from './references.js';
import type { WriteBuilder } from './write-builder.js';

/** Elements that say for which facility a record acts. */
const ACTING_ELEMENTS: Readonly<Record<string, string>> = {
  Patient: 'managingOrganization',
  Encounter: 'serviceProvider',
};

function afterImage(
  context: FhirContext,
  request: FhirRequest,
  { type, doc }: ResourceWrite,
  resource: Resource,
): AfterImage {
  const element = ACTING_ELEMENTS[type];
  const value =
    element === undefined ? undefined : (resource as unknown as Record<string, { reference?: string }>)[element];
  const target = value?.reference === undefined ? undefined : localTarget(value.reference);
  return {
    type,
    ...(doc.pt === undefined ? {} : { pt: doc.pt }),
    actsFor: element !== undefined && target ? [{ element: `${type}.${element}`, facility: target.id }] : [],
    createsRelation: relatesTo(context, resource, request.caller.facility),
  };
}

const relatesTo = (context: FhirContext, resource: Resource, facility: string | undefined): boolean =>
  facility !== undefined && context.hooks.relationsOf(resource).some(({ f }) => f === facility);

/**
 * Policy of every write of a plan, before- and after-image, then the rules of the rooms above. `before` holds the versions that the plan replaces.
 * A patient that the plan itself writes, or to whom it makes a relation (an Encounter here), is in reach of the rest of it.
 */
export async function assertPlanAllowed(
  context: FhirContext,
  request: FhirRequest,
  builder: Pick<WriteBuilder, 'writes' | 'heads' | 'has' | 'resourceOf'>,
  before: readonly FoundResource[] = [],
): Promise<void> {
  const previous = new Map(before.map((stored) => [stored._id, stored]));
  const images = builder.writes.map((write) => {
    const resource = builder.resourceOf(write);
    return { write, image: resource && afterImage(context, request, write, resource) };
  });
  const related = new Set(images.flatMap(({ image }) => (image?.createsRelation ? [image.pt] : [])));
  for (const { write, image } of images) {
    const old = previous.get(write.doc._id);
    const { pt } = write.doc;
    const inReach = pt !== undefined && (builder.has(`Patient/${pt}`) || related.has(pt));
    await assertMayWrite(
      builder.heads,
      request.caller,
      old ? { ...old, type: write.type } : undefined,
      image && inReach ? { ...image, createsRelation: true } : image,
    );
    const after = builder.resourceOf(write);
    await context.hooks.checkWrite(context, {
      type: write.type,
      request,
      ...(old ? { before: old } : {}),
      ...(after ? { after } : {}),
    });
  }
}
