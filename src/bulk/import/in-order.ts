import type { SourceFile } from './source-file.js';
import { sourceLines } from './source-lines.js';

/** What others refer to comes first. Every other type comes behind these. */
const ORDER = [
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Schedule',
  'Slot',
  'Patient',
  'RelatedPerson',
  'Encounter',
] as const;

async function firstType(file: SourceFile): Promise<string> {
  for await (const lines of sourceLines(file.open(0)))
    for (const { bytes } of lines) {
      const type = /"resourceType"\s*:\s*"([A-Za-z]+)"/.exec(bytes?.toString('latin1') ?? '')?.[1];
      if (type !== undefined) return type;
    }
  return '';
}

/**
 * Files in an order in which most references find their target (bulk exports are one file per type), so that few lines
 * need to be put aside. The order decides nothing else. Standard input, which is read once, comes last.
 */
export async function inOrder(files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const ranks = await Promise.all(
    files.map(async (file) => {
      if (file.size === undefined) return { file, rank: ORDER.length + 1 };
      const at = (ORDER as readonly string[]).indexOf(await firstType(file));
      return { file, rank: at < 0 ? ORDER.length : at };
    }),
  );
  return ranks.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
}
