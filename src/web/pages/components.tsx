import type { VNode } from 'preact';
import { Button, LinkButton } from '../components/button.js';
import { ChangedMeanwhile } from '../components/changed-meanwhile.js';
import { CheckBox } from '../components/check-box.js';
import { Choices } from '../components/choices.js';
import { ClockTag } from '../components/clock-tag.js';
import { DateParts } from '../components/date-parts.js';
import { EmptyState } from '../components/empty-state.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Facts } from '../components/facts.js';
import { Form } from '../components/form.js';
import { GroupedSelect } from '../components/grouped-select.js';
import { Notice } from '../components/notice.js';
import { Pager } from '../components/pager.js';
import { PrintSheet } from '../components/print-sheet.js';
import { StateTag, UrgencyTag } from '../components/referral-tags.js';
import { Select } from '../components/select.js';
import { QueryForm } from '../components/query-form.js';
import { Table } from '../components/table.js';
import { Tabs } from '../components/tabs.js';
import { TextArea } from '../components/text-area.js';
import { TextField } from '../components/text-field.js';
import { Timeline } from '../components/timeline.js';
import { useSay } from '../language.js';
import { type Page, view } from '../page.js';
import { SHOWN } from '../texts/components.js';

const PEOPLE = ['Persona Uno Ejemplo', 'Persona Dos Ejemplo'] as const;

function Notices(): VNode {
  const say = useSay();
  return (
    <>
      <h2>{say(SHOWN.notices)}</h2>
      <Notice>
        <p>{say(SHOWN.info)}</p>
      </Notice>
      <Notice kind="good" title={say(SHOWN.done)}>
        <p>{say(SHOWN.doneText)}</p>
      </Notice>
      <Notice kind="warn">
        <p>{say(SHOWN.warn)}</p>
      </Notice>
      <EmptyState title={say(SHOWN.empty)}>
        <p>{say(SHOWN.emptyText)}</p>
      </EmptyState>
      <h2>{say(SHOWN.changed)}</h2>
      <ChangedMeanwhile href="/componentes" kept={[{ name: say(SHOWN.summary), value: 'Dolor torácico de 2 días.' }]} />
    </>
  );
}

function ShownForm(): VNode {
  const say = useSay();
  const error = say(SHOWN.dniError);
  return (
    <>
      <h2>{say(SHOWN.form)}</h2>
      <ErrorSummary problems={[{ text: error, field: 'dni' }]} />
      <Form action="/componentes">
        <TextField name="dni" label={SHOWN.dni} hint={SHOWN.dniHint} error={error} inputMode="numeric" width="medium" />
        <TextArea name="resumen" label={SHOWN.summary} optional />
        <Choices
          name="atencion"
          label={SHOWN.care}
          choices={[
            { value: 'externa', text: say(SHOWN.clinic) },
            { value: 'emergencia', text: say(SHOWN.emergency) },
          ]}
          chosen={['externa']}
        />
        <Choices
          name="motivo"
          label={SHOWN.reasons}
          take="many"
          choices={[
            { value: 'diagnostico', text: say(SHOWN.diagnosis) },
            { value: 'tratamiento', text: say(SHOWN.treatment) },
          ]}
        />
        <Select
          name="servicio"
          label={SHOWN.specialty}
          choices={[
            { value: 'cardiologia', text: say(SHOWN.cardiology) },
            { value: 'pediatria', text: say(SHOWN.pediatrics) },
          ]}
        />
        <CheckBox name="ninguno" label={SHOWN.noMedicines} />
        <DateParts name="nacimiento" label={SHOWN.born} typed={{ day: '12', month: '5', year: '' }} optional />
        <GroupedSelect
          name="municipio"
          label={SHOWN.place}
          groups={[{ name: 'Atlántida', choices: [{ value: '0101', text: 'La Ceiba' }] }]}
        />
        <h3>{say(SHOWN.buttons)}</h3>
        <Button label={SHOWN.send} />
        <Button label={SHOWN.keep} kind="plain" />
        <Button label={SHOWN.reject} kind="danger" />
      </Form>
    </>
  );
}

function Data(): VNode {
  const say = useSay();
  return (
    <>
      <h2>{say(SHOWN.table)}</h2>
      <Table
        caption={say(SHOWN.tableCaption)}
        columns={[
          { name: say(SHOWN.person) },
          { name: say(SHOWN.state) },
          { name: say(SHOWN.urgency) },
          { name: say(SHOWN.days), numeric: true },
        ]}
        rows={[
          [PEOPLE[0], <StateTag state="sent" />, <UrgencyTag priority="stat" />, 0],
          [PEOPLE[1], <StateTag state="info-requested" />, <UrgencyTag priority="urgent" />, 3],
          [PEOPLE[1], <StateTag state="closed" />, <UrgencyTag priority="routine" />, 41],
        ]}
      />
      <Tabs
        label={say(SHOWN.lists)}
        links={[
          { href: '/componentes?lista=nuevas', text: say(SHOWN.newList), count: 3, current: true },
          { href: '/componentes?lista=vencidas', text: say(SHOWN.overdueList), count: 0, current: false },
        ]}
      />
      <p>
        <ClockTag due={new Date(Date.now() + 3 * 3_660_000)} /> <ClockTag due={new Date(Date.now() - 50 * 3_600_000)} />
      </p>
      <QueryForm action="/componentes">
        <TextField name="codigo" label={SHOWN.code} width="medium" />
        <Button label={SHOWN.find} kind="plain" />
      </QueryForm>
      <Pager next="/componentes?desde=2" />
      <Timeline
        entries={[
          { at: '2026-03-03T14:00:00Z', title: say(SHOWN.sentEntry), by: say(SHOWN.from) },
          {
            at: '2026-03-05',
            title: say(SHOWN.bookedEntry),
            children: <LinkButton label={SHOWN.keep} href="/componentes" />,
          },
        ]}
      />
      <Facts
        facts={[
          { name: say(SHOWN.allergies), value: say(SHOWN.noAllergies) },
          { name: say(SHOWN.person), value: PEOPLE[0] },
        ]}
      />
      <h2>{say(SHOWN.paper)}</h2>
      <PrintSheet by={PEOPLE[0]}>
        <p>{say(SHOWN.doneText)}</p>
      </PrintSheet>
    </>
  );
}

function Everything(): VNode {
  return (
    <>
      <p>{useSay()(SHOWN.intro)}</p>
      <Notices />
      <ShownForm />
      <Data />
    </>
  );
}

/** All components in all their states, for the people who write pages and for the accessibility tests. */
export const components: Page = {
  method: 'GET',
  path: '/componentes',
  audience: 'anyone',
  handle: () => view(SHOWN.title, <Everything />),
};
