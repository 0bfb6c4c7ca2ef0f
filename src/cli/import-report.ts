import type { ImportReport } from '../bulk/import/import-files.js';
import { bilingual } from '../words.js';

/** What `import` prints in the end: what became of the lines, and the rate of this run. */
export function reportLines({ read, written, present, rejected, writtenNow, seconds }: ImportReport): string[] {
  const rate = Math.round(writtenNow / Math.max(seconds, 0.001));
  return [
    bilingual({
      es: `${read} líneas: ${written} recursos nuevos, ${present} ya estaban, ${rejected} rechazados`,
      en: `${read} lines: ${written} new resources, ${present} were there already, ${rejected} rejected`,
    }),
    bilingual({
      es: `${writtenNow} escritos en ${seconds.toFixed(1)} s: ${rate} recursos por segundo`,
      en: `${writtenNow} written in ${seconds.toFixed(1)} s: ${rate} resources per second`,
    }),
  ];
}
