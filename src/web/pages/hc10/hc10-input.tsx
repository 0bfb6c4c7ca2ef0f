import { createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { type Hc10Field, hc10Row } from '../../../referral/hc10/hc10-fields.js';
import type { Words } from '../../../words.js';
import { Choices } from '../../components/choices.js';
import { type Choice, Select } from '../../components/select.js';
import { TextArea } from '../../components/text-area.js';
import { TextField } from '../../components/text-field.js';
import type { FormFields } from '../../form-fields.js';
import { useSay } from '../../language.js';
import type { Problem } from '../../problems.js';
import { HC10 } from '../../texts/hc10.js';

/** What every field of the form needs: what is filled in, what is wrong, and the codes to choose from. */
export interface FieldsFrame {
  readonly filled: FormFields;
  readonly problems: readonly Problem[];
  /** Codes of a code system of the guide. */
  readonly choices: (system: string) => readonly Choice[];
}

export const FieldsContext = createContext<FieldsFrame>({
  filled: { get: () => '', raw: () => '', all: () => [], has: () => false },
  problems: [],
  choices: () => [],
});

/** Radios up to so many choices, a list from there on. */
const MOST_RADIOS = 6;

/** One field of form HC-10, drawn as its row of the table says. */
export function Hc10Input({
  field,
  hint,
  rows = 3,
  suggestions,
}: {
  readonly field: Hc10Field;
  readonly hint?: Words;
  readonly rows?: number;
  readonly suggestions?: readonly string[];
}): VNode {
  const say = useSay();
  const { filled, problems, choices } = useContext(FieldsContext);
  const row = hc10Row(field);
  const label = { es: row.es, en: row.en };
  const props = {
    name: field,
    label,
    error: problems.find((problem) => problem.field === field)?.text,
    ...(hint ? { hint } : {}),
  };
  // As typed: whoever has to mend a field sees what was written, blanks and all.
  const value = filled.raw(field);
  if (row.kind === 'text') return <TextArea {...props} value={value} rows={rows} />;
  if (row.kind === 'day') return <TextField {...props} value={value} type="date" width="medium" />;
  if (row.kind === 'moment') return <TextField {...props} value={value} type="datetime-local" width="medium" />;
  if (row.kind === 'number') return <TextField {...props} value={value} width="short" inputMode="numeric" />;
  if (row.kind === 'yes-no') {
    const answers = [
      { value: 'true', text: say(HC10.yes) },
      { value: 'false', text: say(HC10.no) },
    ];
    return <Choices {...props} choices={answers} chosen={[value]} />;
  }
  if (row.kind === 'code' || row.kind === 'codes') {
    const all = choices(row.system ?? '');
    const many = row.kind === 'codes';
    if (!many && all.length > MOST_RADIOS) return <Select {...props} value={value} choices={all} />;
    return <Choices {...props} choices={all} chosen={filled.all(field)} take={many ? 'many' : 'one'} />;
  }
  return <TextField {...props} value={value} {...(suggestions ? { suggestions } : {})} />;
}
