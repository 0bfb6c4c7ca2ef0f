import type { VNode } from 'preact';
import { DIAGNOSES, diagnosisText } from '../../../record/catalogue/diagnoses.js';
import type { Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import { Button } from '../../components/button.js';
import { CheckBox } from '../../components/check-box.js';
import { Choices } from '../../components/choices.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Fold } from '../../components/fold.js';
import { Form } from '../../components/form.js';
import { GroupedSelect } from '../../components/grouped-select.js';
import { Notice } from '../../components/notice.js';
import { TextField } from '../../components/text-field.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { codeChoices } from '../../resources/code-choices.js';
import { ageInYears } from '../../resources/person.js';
import { DIRECTORY } from '../../texts/directory.js';
import { HC10 } from '../../texts/hc10.js';
import { AllergyQuestion, PersonHead } from './person-head.js';
import { AttachSection } from './attach-section.js';
import { CONVERSION_FIELD } from './conversion.js';
import { ExistingStudies, StudyList } from './study-sections.js';
import { FieldsContext, Hc10Input } from './hc10-input.js';
import { FORM_SECTIONS, type FormSection, isNeeded } from './form-sections.js';
import type { FormState } from './form-state.js';
import { isConsulting, ROUTING_FIELD } from './routing-reason.js';
import { ServicePanel } from './service-panel.js';

/** Specialties that ask for the gynaecological and obstetric part. */
const OBSTETRIC: ReadonlySet<string> = new Set(['ginecologia', 'obstetricia', 'alto-riesgo-obstetrico']);

interface SectionProps {
  readonly state: FormState;
}

function Where({ page, state }: SectionProps & { readonly page: PageContext }): VNode {
  const { destinations, problems, filled } = state;
  const say = useSay();
  const errorOf = (field: Hc10Field): string | undefined => problems.find((one) => one.field === field)?.text;
  const priorities = [
    { value: 'routine', text: say(HC10.routine) },
    { value: 'urgent', text: say(HC10.urgent) },
  ];
  return (
    <>
      <h2>{say(HC10.where)}</h2>
      <Hc10Input field="clase" hint={HC10.kindHint} />
      <CheckBox
        name={CONVERSION_FIELD}
        label={HC10.convertible}
        hint={HC10.convertibleHint}
        value={filled.raw(CONVERSION_FIELD)}
        optional
      />
      <GroupedSelect
        name="destino"
        label={{ es: 'Establecimiento', en: 'Facility' }}
        groups={destinations.groups}
        value={filled.get('destino')}
        error={errorOf('destino')}
      />
      <Hc10Input field="especialidad" />
      <Hc10Input field="amerita" hint={HC10.careHint} />
      {filled.get('amerita') === 'otros' && <Hc10Input field="amerita-otro" />}
      <Choices
        name="prioridad"
        label={{ es: '¿Puede esperar su turno?', en: 'Can it wait its turn?' }}
        choices={priorities}
        chosen={[filled.get('prioridad')]}
        error={errorOf('prioridad')}
      />
      <Hc10Input field="justificacion" hint={HC10.justificationHint} rows={2} />
      {isConsulting(destinations.origin) && (
        <TextField
          name={ROUTING_FIELD}
          label={DIRECTORY.direct}
          hint={DIRECTORY.directHint}
          value={filled.raw(ROUTING_FIELD)}
          optional
        />
      )}
      <ServicePanel page={page} state={state} />
    </>
  );
}

/** What a search for a code found, to choose from; the words that were typed stay as they are. */
function FoundCodes({ state: { codes, filled } }: SectionProps): VNode | null {
  const say = useSay();
  if (!codes) return null;
  if (codes.length === 0) return <Notice>{say(HC10.codesNone)}</Notice>;
  const choices = [
    ...codes.map((one) => ({ value: one.code, text: diagnosisText(one) })),
    { value: '', text: say(HC10.codesKeep) },
  ];
  return <Choices name="cie10" label={HC10.codesFound} choices={choices} chosen={[filled.get('cie10')]} />;
}

function Why({ state }: SectionProps): VNode {
  const say = useSay();
  const { record } = state;
  const suggestions = [
    ...new Set([...record.problems.map(({ diagnosis }) => diagnosis), ...DIAGNOSES.map(diagnosisText)]),
  ];
  return (
    <>
      <h2>{say(HC10.why)}</h2>
      <Hc10Input field="motivo" />
      <Hc10Input field="resumen" hint={HC10.summaryHint} rows={4} />
      <Hc10Input field="diagnostico" hint={HC10.diagnosisHint} suggestions={suggestions} />
      <p>
        <Button label={HC10.findCode} kind="plain" name="accion" value="buscar" />
      </p>
      <FoundCodes state={state} />
      <Hc10Input field="pregunta" hint={HC10.questionHint} rows={2} />
      <Hc10Input field="riesgo" />
      <Hc10Input field="riesgo-cual" />
    </>
  );
}

type FoldedSection = Exclude<FormSection, 'where' | 'why' | 'signs'>;

/** What a part fills in by itself says nothing about the person. */
const FILLED_BY_ITSELF: ReadonlySet<Hc10Field> = new Set(['autor-categoria']);

/** Folded fields: open when something in them is filled in or wrong, and then shown even where nobody needs them. */
function Folded({
  state: { filled, problems },
  section,
  open = false,
  needed,
}: SectionProps & {
  readonly section: FoldedSection;
  readonly open?: boolean;
  readonly needed: boolean;
}): VNode | null {
  const fields: readonly Hc10Field[] = FORM_SECTIONS[section];
  const touched = fields.some(
    (field) =>
      (filled.raw(field) !== '' && !FILLED_BY_ITSELF.has(field)) || problems.some((problem) => problem.field === field),
  );
  if (!needed && !touched) return null;
  return (
    <Fold title={HC10[section]} open={open || touched}>
      {fields.map((field) => (
        <Hc10Input field={field} />
      ))}
    </Fold>
  );
}

function Signs({ state: { filled, problems } }: SectionProps): VNode {
  const say = useSay();
  const fields: readonly Hc10Field[] = FORM_SECTIONS.signs;
  const open =
    filled.get('amerita') === 'emergencia' ||
    fields.some((field) => filled.raw(field) !== '' || problems.some((problem) => problem.field === field));
  return (
    <Fold title={HC10.signsToday} open={open}>
      <p>{say(HC10.signsHint)}</p>
      <div class="rr-hc10__row">
        {fields.map((field) => (
          <Hc10Input field={field} />
        ))}
      </div>
    </Fold>
  );
}

/** Parts that few referrals need, in their order. */
const RARE = [
  'obstetric',
  'annex4',
  'newborn',
  'annex7',
  'exam',
  'treatment',
  'companion',
  'contact',
  'transport',
  'annex3',
  'annex5',
  'author',
] as const satisfies readonly FoldedSection[];

function RareParts({ state }: SectionProps): VNode {
  const { record, filled } = state;
  const isWoman = record.patient.gender !== 'male';
  const need = { age: ageInYears(record.patient), isWoman };
  const age = need.age ?? 0;
  const obstetric = isWoman && age >= 10 && age < 50 && OBSTETRIC.has(filled.get('especialidad'));
  const emergency = filled.get('amerita') === 'emergencia';
  const opened: ReadonlySet<FoldedSection> = new Set([
    ...(obstetric ? (['obstetric'] as const) : []),
    ...(obstetric && emergency ? (['annex4'] as const) : []),
  ]);
  return (
    <>
      {RARE.map((section) => (
        <Folded state={state} section={section} open={opened.has(section)} needed={isNeeded(section, need)} />
      ))}
    </>
  );
}

/**
 * The form HC-10 on one page: what decides first, then what goes along, then what few referrals need. Everything that was
 * typed stays, whatever the answer.
 */
export function FormView({ page, state }: { readonly page: PageContext; readonly state: FormState }): VNode {
  const { filled, problems, record, existing } = state;
  const say = useSay();
  return (
    <FieldsContext.Provider value={{ filled, problems, choices: (system) => codeChoices(page, system) }}>
      <ErrorSummary problems={problems} />
      <PersonHead page={page} record={record} />
      <Form action={`/pacientes/${record.patient.id}/referir`}>
        {/* Enter in a line sends, as the main button does: the first button of a form is the one that Enter presses. */}
        <button class="rr-skip" type="submit" tabIndex={-1} aria-hidden="true">
          {say(HC10.send)}
        </button>
        <input type="hidden" name="numero" value={filled.get('numero')} />
        <ExistingStudies existing={existing} />
        {record.allergies.length === 0 && <AllergyQuestion />}
        <Where page={page} state={state} />
        <Why state={state} />
        <Signs state={state} />
        <AttachSection record={record} filled={filled} />
        <StudyList filled={filled} />
        <h2>{say(HC10.more)}</h2>
        <RareParts state={state} />
        <Button label={HC10.send} />
      </Form>
    </FieldsContext.Provider>
  );
}
