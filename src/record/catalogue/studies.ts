import { z } from 'zod';
import { readCatalogue } from './read-catalogue.js';

const named = {
  /** LOINC. */
  code: z.string().regex(/^\d{1,5}-\d$/),
  key: z.string(),
  display: z.string(),
  /** Days in which a second request for the same study deserves a warning. */
  validDays: z.number().int().positive(),
};
const range = z.tuple([z.number(), z.number()]);

const laboratory = z.strictObject({
  ...named,
  kind: z.enum(['quantity', 'coded', 'panel']),
  /** UCUM. */
  unit: z.string().optional(),
  range: z.strictObject({ male: range, female: range }).optional(),
  /** Key of the panel that the test is part of. */
  panel: z.string().optional(),
});
const imaging = z.strictObject(named);

export type LaboratoryTest = z.infer<typeof laboratory>;

/** A laboratory or imaging study that can be asked for. */
export interface Study {
  readonly code: string;
  readonly key: string;
  readonly display: string;
  readonly validDays: number;
  readonly category: 'laboratory' | 'imaging';
  readonly panel?: string | undefined;
}

/** Laboratory tests of a class II laboratory (reference: DVMNR009), read from seed/loinc-lab.json. ZodError when it is wrong. */
export const laboratoryTests: readonly LaboratoryTest[] = readCatalogue('loinc-lab', z.array(laboratory));

/** Everything that can be asked for: laboratory first, then seed/loinc-imaging.json. */
export const studies: readonly Study[] = [
  ...laboratoryTests.map((test) => ({ ...test, category: 'laboratory' as const })),
  ...readCatalogue('loinc-imaging', z.array(imaging)).map((study) => ({ ...study, category: 'imaging' as const })),
];

const byCode = new Map(studies.map((study) => [study.code, study]));

/** Study of a LOINC code; undefined for a code that the catalogue does not have. */
export const studyOf = (code: string): Study | undefined => byCode.get(code);

/** A study whose result answers another request, and for how long. */
export interface Answering {
  readonly study: Study;
  readonly validDays: number;
}

/**
 * Studies whose results make a request unnecessary: the study itself, the panel that contains it, and for a panel its
 * members. What a panel and its member have in common is the member, so the member's validity counts.
 */
export function answeringStudies(asked: Study): readonly Answering[] {
  const panels = studies.filter(({ key }) => key === asked.panel);
  const members = studies.filter(({ panel }) => panel === asked.key);
  return [
    { study: asked, validDays: asked.validDays },
    ...panels.map((study) => ({ study, validDays: asked.validDays })),
    ...members.map((study) => ({ study, validDays: study.validDays })),
  ];
}
