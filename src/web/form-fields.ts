/** Fields of a posted form. */
export interface FormFields {
  /** First value of a field without spaces around it; empty when absent. */
  get(name: string): string;
  /** First value exactly as sent (passwords); empty when absent. */
  raw(name: string): string;
  /** All values of a field that are not empty (checkboxes). */
  all(name: string): readonly string[];
  has(name: string): boolean;
}

/** Reads a body of type `application/x-www-form-urlencoded`. */
export function formFields(body: string): FormFields {
  const values = new URLSearchParams(body);
  return {
    get: (name) => (values.get(name) ?? '').trim(),
    raw: (name) => values.get(name) ?? '',
    all: (name) =>
      values
        .getAll(name)
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    has: (name) => values.has(name),
  };
}
