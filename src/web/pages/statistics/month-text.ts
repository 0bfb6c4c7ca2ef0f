import type { Language } from '../../language.js';

const LOCALE: Readonly<Record<Language, string>> = { es: 'es-HN', en: 'en-GB' };

/** A month for people: "agosto de 2026" / "August 2026". @param code `YYYY-MM` */
export const monthText = (code: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${code}-15T00:00:00Z`),
  );
