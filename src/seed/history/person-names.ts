import type { HumanName } from '@medplum/fhirtypes';
import { catalogue } from '../catalogue.js';
import type { Random } from '../random.js';
import type { Sex } from './person-facts.js';

const FATHERS_FAMILY = 'http://hl7.org/fhir/StructureDefinition/humanname-fathers-family';
const MOTHERS_FAMILY = 'http://hl7.org/fhir/StructureDefinition/humanname-mothers-family';

/** Given names and the two surnames, the father's first. */
export interface FullName {
  readonly given: readonly string[];
  readonly surnames: readonly string[];
}

const { given: commonGiven, surnames: commonSurnames, byPeople } = catalogue.names;

/** A name as it is common among a people; part of everybody's names are the country's common ones. */
export function drawName(random: Random, sex: Sex, people: string): FullName {
  const own = byPeople[people];
  const surname = (): string => random.pick(own && random.chance(0.7) ? own.surnames : commonSurnames);
  const givenName = (): string => random.pick(own?.given && random.chance(0.35) ? own.given[sex] : commonGiven[sex]);
  const first = givenName();
  const second = random.chance(0.65) ? givenName() : first;
  return {
    given: second === first ? [first] : [first, second],
    surnames: random.chance(0.93) ? [surname(), surname()] : [surname()],
  };
}

/** Text of a name, given names first. */
export const nameText = ({ given, surnames }: FullName): string => [...given, ...surnames].join(' ');

/** FHIR name: both surnames in `family`, each also in the core extension for it. */
export function humanName(name: FullName, use: HumanName['use'] = 'official'): HumanName {
  const [fathers, mothers] = name.surnames;
  return {
    use,
    text: nameText(name),
    family: name.surnames.join(' '),
    _family: {
      extension: [
        ...(fathers ? [{ url: FATHERS_FAMILY, valueString: fathers }] : []),
        ...(mothers ? [{ url: MOTHERS_FAMILY, valueString: mothers }] : []),
      ],
    },
    given: [...name.given],
  } as HumanName;
}
