import type { Bundle, Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes';

/** Resources of one type in a searchset or document, in its order. */
export const inBundle = <T extends Resource['resourceType']>(
  bundle: Bundle,
  type: T,
): readonly (Extract<Resource, { resourceType: T }> & { id: string })[] =>
  (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as Extract<Resource, { resourceType: T }> & { id: string }] : [],
  );

/** Address of a searchset's next or previous page as a path below `/fhir`, for `page.fhir`. */
export function pageLink(bundle: Bundle, relation: 'next' | 'previous', baseUrl: string): string | undefined {
  const url = bundle.link?.find((link) => link.relation === relation)?.url;
  return url?.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url;
}

/** Parameters of one name in an answer of an operation. */
export const parametersOf = (parameters: Parameters, name: string): readonly ParametersParameter[] =>
  (parameters.parameter ?? []).filter((parameter) => parameter.name === name);
