import type { Patient } from '@medplum/fhirtypes';
import type { DemoPerson } from './demo-data.js';
import { identifierOf, personResource } from './person-resource.js';
import { Differs, whyText } from './differs.js';
import type { Registered, Stage } from './stage.js';

const nameOf = ({ name }: Patient): string =>
  name?.[0]?.text ?? [...(name?.[0]?.given ?? []), name?.[0]?.family].filter(Boolean).join(' ');

/** Words for the kinds of identity. */
const KINDS: Readonly<Record<DemoPerson['identity'], string>> = {
  dni: 'con DNI',
  pasaporte: 'con pasaporte',
  rn: 'recién nacido, con su madre',
  'hijo-de': 'hijo de, sin inscripción, con su madre',
  desconocido: 'persona desconocida',
  cuenta: 'cuenta de demostración',
};

/**
 * One person at one facility: found by identifier, or registered. Throws Differs when a demonstration account's person
 * is not there, and the client's error when the service refuses.
 */
export async function registerPerson(
  stage: Stage,
  person: DemoPerson,
  at: string,
): Promise<{ found: Registered; created: boolean }> {
  const { system, value } = identifierOf(person);
  if (person.account !== undefined) {
    const [body] = await stage
      .system(at)
      .search<Patient & { id: string }>('Patient', { identifier: `${system}|${value}` });
    if (!body) throw new Differs(`el servicio no tiene la cuenta ${person.account}`);
    return { found: { person, id: body.id, name: nameOf(body) }, created: false };
  }
  const facility = await stage.directory.facility(at);
  const mother = person.mother === undefined ? undefined : stage.people.get(person.mother);
  const resource = personResource(person, { facility, now: Date.now(), ...(mother ? { mother } : {}) });
  const condition = new URLSearchParams({ identifier: `${system}|${value}` }).toString();
  const { body, status } = await stage.system(at).createOnce(resource, condition);
  return { found: { person, id: body.id, name: nameOf(body) }, created: status === 201 };
}

/** Registers all people at their own facilities; who is there already stays as he or she is. */
export async function registerPeople(stage: Stage): Promise<void> {
  const { report, data, directory, people } = stage;
  report.say('Registro de personas / registering people');
  for (const person of data.people) {
    const { name: place } = await directory.facility(person.at);
    try {
      const { found, created } = await registerPerson(stage, person, person.at);
      people.set(person.key, found);
      const language = person.interpreter ? ', necesita intérprete' : '';
      report.step(created ? 'done' : 'already', `${place}: ${found.name} (${KINDS[person.identity]}${language})`);
    } catch (error) {
      report.step('different', `${place}: ${person.key} no se pudo registrar: ${whyText(error)}`);
    }
  }
}
