import type { VNode } from 'preact';
import { EmptyState } from '../../components/empty-state.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle } from '../../resources/in-bundle.js';
import { RECORD } from '../../texts/patient-record.js';
import { Entries, type Entry, newestFirst } from './entries.js';
import { ownRecord } from './own-record.js';

async function vaccinesOf(page: PageContext): Promise<readonly Entry[]> {
  const { bundle, placeOf } = await ownRecord(page, ['Immunization']);
  const given = inBundle(bundle, 'Immunization').filter(({ status }) => status === 'completed');
  return newestFirst(
    given.map((vaccine): Entry => {
      const dose = vaccine.protocolApplied?.[0]?.doseNumberPositiveInt;
      const name = conceptText(page, vaccine.vaccineCode);
      return {
        what: dose === undefined ? name : `${name}, ${page.say(RECORD.dose, { n: dose })}`,
        at: vaccine.occurrenceDateTime,
        place: placeOf(vaccine) ?? vaccine.location?.display,
      };
    }),
  );
}

function Vaccines({ entries }: { readonly entries: readonly Entry[] }): VNode {
  const say = useSay();
  return (
    <div class="rr-big">
      {entries.length === 0 ? (
        <EmptyState title={say(RECORD.noVaccines)}>
          <p>{say(RECORD.noVaccinesText)}</p>
        </EmptyState>
      ) : (
        <>
          <p>{say(RECORD.vaccinesIntro)}</p>
          <Entries entries={entries} />
        </>
      )}
    </div>
  );
}

/** Vaccines that were given. */
export const myVaccines: Page = {
  method: 'GET',
  path: '/mi/vacunas',
  audience: ['patient'],
  nav: RECORD.vaccines,
  handle: async (page) => view(RECORD.vaccines, <Vaccines entries={await vaccinesOf(page)} />),
};
