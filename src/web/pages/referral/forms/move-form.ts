import type { ParametersParameter } from '@medplum/fhirtypes';
import type { Deadlines } from '../../../../referral/deadlines/deadlines.js';
import type { Words } from '../../../../words.js';
import type { Choice } from '../../../components/select.js';
import type { FormFields } from '../../../form-fields.js';
import type { PageContext } from '../../../page-context.js';
import type { ReferralView } from '../referral-view.js';

/** What a form is about and who fills it. */
export interface FormScene {
  readonly page: Pick<PageContext, 'fhir' | 'say' | 'language' | 'services' | 'signedIn'>;
  readonly view: ReferralView;
  readonly now: Date;
  /** Terms in force. */
  readonly deadlines: Deadlines;
  /** The slot that the person came to give: `Slot/id`. */
  readonly slot?: string;
}

/** How an input is shown. `one`: radios, `list`: a select, `many`: checkboxes, `mark`: one checkbox. */
export type Widget = 'line' | 'lines' | 'one' | 'list' | 'many' | 'mark' | 'date' | 'clock';

/** One input that a person sees. */
export interface FormInput {
  /** Name of the posted field. */
  readonly name: string;
  readonly label: Words;
  /** Values for the `{name}` places of the label. */
  readonly labelValues?: Readonly<Record<string, string>>;
  readonly hint?: Words;
  readonly widget: Widget;
  readonly optional?: boolean;
  readonly rows?: number;
  readonly choices?: (scene: FormScene) => readonly Choice[] | Promise<readonly Choice[]>;
  /** What stands there at first: the sensible default. */
  readonly initial?: (scene: FormScene, choices: readonly Choice[]) => string | undefined;
  /** Folded away under these words, with the inputs beside it that have the same. */
  readonly fold?: Words;
  /** Shown only then; always when absent. */
  readonly shown?: (given: FormFields) => boolean;
}

/** Something that the person must mend before the move is asked for. */
export interface FormMistake {
  readonly input: string;
  /** Absent: nothing was given, said with the label of the input. */
  readonly words?: Words;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A parameter without its name. */
export type ParameterValue = Omit<ParametersParameter, 'name'>;

export interface FieldReading {
  readonly values: readonly ParameterValue[];
  readonly mistakes?: readonly FormMistake[];
}

/** How one field of the table of moves (src/referral/moves.ts) is asked for and read. */
export interface FieldForm {
  /** Name of the field. */
  readonly field: string;
  /** What the person fills; none: the service knows it (who acts, now). */
  readonly inputs: (scene: FormScene) => readonly FormInput[];
  /** The posted inputs as values of the parameter; none when nothing was given. */
  readonly read: (given: FormFields, scene: FormScene) => FieldReading;
}

/** The form of a move. */
export interface MoveForm {
  readonly fields: readonly FieldForm[];
  /** What the person should know before filling it. */
  readonly intro?: Words;
  /** Nothing has to be filled in: the button stands on the referral's page. */
  readonly oneClick?: true;
  /** What stays visible beside the form. */
  readonly beside?: 'question' | 'answer';
}
