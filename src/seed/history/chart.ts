import type { Patient, Resource } from '@medplum/fhirtypes';
import { bucketOf, catalogueId } from '../../store/ids.js';
import { facilityId } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import { demonstrationMeta } from '../demonstration-meta.js';

type Bare<T extends Resource> = Omit<T, 'id' | 'meta'>;

/** All records of one synthetic person, in the order in which they may be written. */
export class Chart {
  readonly patientId: string;
  /** The Patient first; references point backwards, except from a Task to the records of its outcome. */
  readonly resources: (Resource & { id: string })[] = [];
  /** Organization id of the custodian by `Type/id`. */
  readonly custodians = new Map<string, string>();
  readonly #key: string;

  /** @param key seed and number of the person */
  constructor(key: string) {
    this.#key = key;
    this.patientId = catalogueId('Patient', key);
  }

  get patient(): { reference: string } {
    return { reference: `Patient/${this.patientId}` };
  }

  /** The Patient, always the first record. Throws RangeError while there is none. */
  get person(): Patient {
    const [first] = this.resources;
    if (first?.resourceType !== 'Patient') throw new RangeError('the chart has no patient yet');
    return first;
  }

  /** Id of a record of this person, in the person's bucket; the same label gives the same id. */
  id(type: Resource['resourceType'], label: string): string {
    return type === 'Patient' ? this.patientId : catalogueId(type, `${this.#key}|${label}`, bucketOf(this.patientId));
  }

  reference(type: Resource['resourceType'], label: string): { reference: string } {
    return { reference: `${type}/${this.id(type, label)}` };
  }

  /**
   * Adds a record.
   * @param label distinguishes it from the person's other records of its type
   * @param time moment of writing, ms since 1970
   * @param profile canonical URL of the profile it claims
   */
  add<T extends Resource>(
    resource: Bare<T> & { resourceType: T['resourceType'] },
    place: { label: string; time: number; custodian: Facility; profile?: string },
  ): T & { id: string } {
    const { resourceType, ...rest } = resource;
    const id = this.id(resourceType, place.label);
    const meta = demonstrationMeta(new Date(place.time).toISOString(), place.profile);
    const complete = { resourceType, id, meta, ...rest } as unknown as T & { id: string };
    this.resources.push(complete);
    this.custodians.set(`${resourceType}/${id}`, facilityId(place.custodian.rups));
    return complete;
  }
}
