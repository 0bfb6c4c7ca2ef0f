import type { HealthcareService, Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { codeSystemUrl } from '../../../config/canonical.js';
import { Button } from '../../components/button.js';
import { type Fact, Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { dateText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { codingText, conceptText } from '../../resources/coded-text.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { DIRECTORY, WEEK_DAYS } from '../../texts/directory.js';
import type { FormState } from './form-state.js';
import { itemState } from './required-items.js';

interface PanelProps {
  readonly page: PageContext;
  readonly state: FormState;
}

const partOf = (row: ParametersParameter | undefined, name: string): ParametersParameter | undefined =>
  row?.part?.find((one) => one.name === name);

const daysOf = (facts: Parameters): number => parametersOf(facts, 'days')[0]?.valueInteger ?? 0;

/** What the service says of its own capacity. */
function capacityText(page: PageContext, facts: Parameters): string | undefined {
  const { say, language } = page;
  const row = parametersOf(facts, 'capacity')[0];
  const code = partOf(row, 'status')?.valueCode;
  if (code === undefined) return undefined;
  const status = codingText(page, { system: codeSystemUrl('capacity-status'), code });
  const note = partOf(row, 'note')?.valueString;
  const date = partOf(row, 'date')?.valueDateTime;
  const text = note === undefined ? status : say(DIRECTORY.capacityNote, { status, note });
  return date === undefined ? text : say(DIRECTORY.capacitySince, { text, when: dateText(date, language) });
}

function waitText({ say }: PageContext, facts: Parameters): string {
  const days = daysOf(facts);
  const row = parametersOf(facts, 'wait')[0];
  const number = (name: string): number => partOf(row, name)?.valueInteger ?? 0;
  if (row)
    return say(DIRECTORY.waitText, { median: number('median'), p90: number('p90'), basis: number('basis'), days });
  const few = parametersOf(facts, 'too-few')[0]?.valueBoolean === true;
  return say(few ? DIRECTORY.waitFew : DIRECTORY.waitNone, { days });
}

/** "lunes a viernes" is not guessed: the days as the directory has them. */
function hoursText({ say }: PageContext, { availableTime = [] }: HealthcareService): readonly string[] {
  return availableTime.map(({ daysOfWeek = [], allDay, availableStartTime = '', availableEndTime = '' }) => {
    const days = daysOfWeek.flatMap((day) => (day in WEEK_DAYS ? [say(WEEK_DAYS[day])] : [])).join(', ');
    const clock = allDay === true ? '24 h' : `${availableStartTime.slice(0, 5)}–${availableEndTime.slice(0, 5)}`;
    return [days, clock].filter((text) => text !== '').join(' · ');
  });
}

const isKind = (code: string | undefined): code is 'rejected' | 'redirected' | 'information' =>
  code === 'rejected' || code === 'redirected' || code === 'information';

function sentBackTexts(page: PageContext, facts: Parameters): readonly string[] {
  const { say } = page;
  return parametersOf(facts, 'sent-back').flatMap((row) => {
    const kind = partOf(row, 'kind')?.valueCode;
    const reason = partOf(row, 'reason')?.valueCoding;
    const n = partOf(row, 'count')?.valueInteger;
    if (!isKind(kind) || !reason) return [];
    const text = say(DIRECTORY[kind], { reason: codingText(page, reason) });
    return [n === undefined ? say(DIRECTORY.fewTimes, { text }) : say(DIRECTORY.times, { text, n })];
  });
}

const list = (lines: readonly string[]): VNode => (
  <ul>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
);

/** What the service asks for, with what the form has and lacks; beside it why referrals came back. */
function Service({ page, state, facts }: PanelProps & { readonly facts: Parameters }): VNode {
  const { say } = page;
  const service = parametersOf(facts, 'service')[0]?.resource as HealthcareService | undefined;
  const capacity = capacityText(page, facts);
  const knows = state.record.allergies.length > 0;
  const asked = parametersOf(facts, 'requirement').flatMap(({ valueCodeableConcept: item }) =>
    item ? [`${conceptText(page, item)}: ${say(DIRECTORY[itemState(item, state.filled, knows)])}`] : [],
  );
  const forms = parametersOf(facts, 'form').map(({ valueCanonical: url = '' }) => say(DIRECTORY.form, { url }));
  const back = sentBackTexts(page, facts);
  const days = daysOf(facts);
  const head: Fact[] = [
    ...(capacity === undefined ? [] : [{ name: say(DIRECTORY.capacity), value: capacity }]),
    { name: say(DIRECTORY.wait), value: waitText(page, facts) },
    ...(service ? [{ name: say(DIRECTORY.hours), value: hoursText(page, service).join('; ') }] : []),
  ];
  return (
    <>
      {parametersOf(facts, 'contradiction')[0]?.valueBoolean === true && (
        <Notice kind="warn">
          <p>{say(DIRECTORY.contradiction)}</p>
        </Notice>
      )}
      <Facts facts={head.filter(({ value }) => value !== '')} />
      <h3>{say(DIRECTORY.asks)}</h3>
      {list([...asked, ...forms])}
      <h3>{say(DIRECTORY.sendsBack)}</h3>
      {back.length === 0 ? (
        <p>{say(DIRECTORY.sendsBackNone, { days })}</p>
      ) : (
        <>
          <p class="rr-quiet">{say(DIRECTORY.sendsBackDays, { days })}</p>
          {list(back)}
        </>
      )}
    </>
  );
}

/** Destinations in the order of the network, each with its reason and a button to take it. */
function Routes({ page, state, routes }: PanelProps & { readonly routes: Parameters }): VNode {
  const { say, language } = page;
  const rows = parametersOf(routes, 'destination');
  const chosen = `Organization/${state.filled.get('destino')}`;
  const words = (row: ParametersParameter, name: 'why' | 'consult'): string | undefined =>
    partOf(row, language === 'en' ? `${name}-en` : name)?.valueString;
  return (
    <>
      <h3>{say(DIRECTORY.routes)}</h3>
      {rows.length === 0 && <p>{say(DIRECTORY.routesNone)}</p>}
      <ol class="rr-routes">
        {rows.slice(0, 5).map((row) => {
          const { reference = '', display = reference } = partOf(row, 'facility')?.valueReference ?? {};
          const label = {
            es: DIRECTORY.use.es.replace('{place}', display),
            en: DIRECTORY.use.en.replace('{place}', display),
          };
          return (
            <li>
              <strong>{display}</strong>. {words(row, 'why')} {words(row, 'consult')}{' '}
              {reference === chosen ? (
                <em>{say(DIRECTORY.chosen)}</em>
              ) : (
                <Button label={label} kind="plain" name="usar-destino" value={reference.replace('Organization/', '')} />
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** Advice of the directory inside the form: asked for with a button, so that it works without JavaScript. */
export function ServicePanel({ page, state }: PanelProps): VNode {
  const { say } = page;
  const { service } = state;
  return (
    <>
      <p>
        <Button label={DIRECTORY.see} kind="plain" name="accion" value="servicio" />
      </p>
      {service && (
        <section class="rr-box" aria-labelledby="servicio">
          <h3 id="servicio">{say(DIRECTORY.title)}</h3>
          {service === 'incomplete' ? (
            <p>{say(DIRECTORY.choose)}</p>
          ) : (
            <>
              {service.facts ? (
                <Service page={page} state={state} facts={service.facts} />
              ) : (
                <p>{say(DIRECTORY.notListed)}</p>
              )}
              <Routes page={page} state={state} routes={service.routes} />
            </>
          )}
        </section>
      )}
    </>
  );
}
