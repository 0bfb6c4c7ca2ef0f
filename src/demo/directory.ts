import type {
  HealthcareService,
  Location,
  Organization,
  PractitionerRole,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import { StartupError } from '../startup-error.js';
import type { FacilitySystem } from './facility-system.js';

/** A facility as the directory shows it. */
export interface DirectoryFacility {
  readonly alias: string;
  readonly id: string;
  readonly name: string;
  /** Code of the facility in the RUPS register. */
  readonly rups: string;
  readonly reference: Reference<Organization> & { readonly reference: string };
}

/** A reference with its text, as written into other resources. */
export type Named<T extends Resource> = Reference<T> & { readonly reference: string; readonly display: string };

/** Somebody in a post of a facility. */
export type Post = Named<PractitionerRole>;

const wordOf = (text: string | undefined, fallback: string): string =>
  (text ?? fallback).replace(/ \(demostración\)$/, '');

/**
 * The national directory of facilities, posts, places and services, looked up over HTTP; every answer is kept.
 * Throws StartupError for what is not there.
 */
export class Directory {
  readonly #kept = new Map<string, Promise<Resource & { id: string }>>();

  /** @param reader any facility's system: the directory is open to all of them */
  constructor(readonly reader: Pick<FacilitySystem, 'search'>) {}

  async facility(alias: string): Promise<DirectoryFacility> {
    const found = await this.#find<Organization>('Organization', SID.account, alias);
    const rups = found.identifier?.find(({ system }) => system === SID.rups)?.value ?? '';
    const reference = { reference: `Organization/${found.id}`, display: found.name ?? alias };
    return { alias, id: found.id, name: found.name ?? alias, rups, reference };
  }

  /** Person in a post of a facility, for example `triage` at `hosp1`. */
  async post(role: string, alias: string): Promise<Post> {
    const found = await this.#find<PractitionerRole>('PractitionerRole', SID.account, `${role}.${alias}`);
    return {
      reference: `PractitionerRole/${found.id}`,
      display: wordOf(found.practitioner?.display, `${role}.${alias}`),
    };
  }

  async location(alias: string): Promise<Named<Location>> {
    const { rups, name } = await this.facility(alias);
    const found = await this.#find<Location>('Location', SID.rups, rups);
    return { reference: `Location/${found.id}`, display: found.name ?? name };
  }

  /** Service of a specialty at a facility. */
  async service(alias: string, specialty: string): Promise<Named<HealthcareService>> {
    const { rups } = await this.facility(alias);
    const found = await this.#find<HealthcareService>('HealthcareService', SID.account, `${rups}.${specialty}`);
    return { reference: `HealthcareService/${found.id}`, display: found.name ?? specialty };
  }

  async #find<T extends Resource>(type: T['resourceType'], system: string, value: string): Promise<T & { id: string }> {
    const key = `${type} ${value}`;
    const asked = this.#kept.get(key) ?? this.#ask(type, system, value);
    this.#kept.set(key, asked);
    return (await asked) as T & { id: string };
  }

  async #ask(type: string, system: string, value: string): Promise<Resource & { id: string }> {
    const [found] = await this.reader.search<Resource & { id: string }>(type, { identifier: `${system}|${value}` });
    if (!found)
      throw new StartupError({
        es: `El directorio del servicio no tiene ${type} «${value}»: faltan los catálogos de demostración (DEMO_DATA).`,
        en: `The service's directory has no ${type} "${value}": its demonstration catalogues are missing (DEMO_DATA).`,
      });
    return found;
  }
}
