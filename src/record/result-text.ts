import type { CodeableConcept, DiagnosticReport, Observation } from '@medplum/fhirtypes';

const conceptText = ({ text, coding = [] }: CodeableConcept): string =>
  text ?? coding.find(({ display }) => display)?.display ?? coding[0]?.code ?? '';

/** Values of the components in one text, as in a blood pressure of 138/84. */
function measured({ component = [] }: Observation): string {
  const quantities = component.flatMap(({ valueQuantity }) => valueQuantity ?? []);
  return [quantities.map(({ value }) => String(value)).join('/'), quantities[0]?.unit ?? ''].join(' ').trim();
}

/** What a result says: "11.2 g/dL", words, or the conclusion of a report; empty when it says nothing by itself. */
export function resultText(resource: Observation | DiagnosticReport): string {
  if (resource.resourceType === 'DiagnosticReport') return resource.conclusion ?? '';
  const { valueQuantity, valueString, valueCodeableConcept, valueInteger, valueBoolean, valueDateTime } = resource;
  if (valueQuantity) return `${String(valueQuantity.value)} ${valueQuantity.unit ?? ''}`.trim();
  if (valueCodeableConcept) return conceptText(valueCodeableConcept);
  const plain = valueString ?? valueInteger ?? valueBoolean ?? valueDateTime;
  return plain === undefined ? measured(resource) : String(plain);
}
