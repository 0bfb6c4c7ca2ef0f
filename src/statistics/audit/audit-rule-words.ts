import type { Words } from '../../words.js';
import type { AuditRule } from './audit-release.js';

/** What each finding of the audit means, in plain words. */
export const AUDIT_RULE_WORDS: Readonly<Record<AuditRule, Words>> = {
  'threshold-too-low': { es: 'el límite para ocultar es demasiado bajo', en: 'the limit for hiding is too low' },
  'wrong-value': { es: 'la cifra no es la contada', en: 'the figure is not what was counted' },
  contradiction: { es: 'las tablas se contradicen', en: 'the tables contradict each other' },
  'small-count-published': { es: 'una cifra pequeña quedó a la vista', en: 'a small figure is in the open' },
  'revealed-by-versions': {
    es: 'otra versión muestra lo que esta oculta',
    en: 'another version shows what this one hides',
  },
  'changed-after-closing': { es: 'la cifra cambió después del cierre', en: 'the figure changed after closing' },
  'narrower-than-rule': { es: 'se sabe más de lo que dice la regla', en: 'more is known than the rule tells' },
  recovered: { es: 'la cifra oculta se puede calcular', en: 'the hidden figure can be computed' },
  'disclosive-zero': { es: 'los ceros dicen algo de todo un grupo', en: 'the zeros tell something of a whole group' },
};
