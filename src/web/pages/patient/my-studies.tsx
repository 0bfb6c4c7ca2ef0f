import type { VNode } from 'preact';
import { EmptyState } from '../../components/empty-state.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle } from '../../resources/in-bundle.js';
import { observationText } from '../../resources/observation-text.js';
import { RECORD } from '../../texts/patient-record.js';
import { Entries, type Entry, newestFirst } from './entries.js';
import { ownRecord } from './own-record.js';

/** Results and reports; measures of a visit such as weight and pressure stay with the visit. */
async function studiesOf(page: PageContext): Promise<readonly Entry[]> {
  const { bundle, placeOf } = await ownRecord(page, ['Observation', 'DiagnosticReport']);
  const results = inBundle(bundle, 'Observation').flatMap((observation): Entry[] => {
    const { name, value, at, vital } = observationText(page, observation);
    return vital ? [] : [{ what: `${name}: ${value}`, at, place: placeOf(observation) }];
  });
  const reports = inBundle(bundle, 'DiagnosticReport').map((report): Entry => {
    const { conclusion } = report;
    return {
      what: conceptText(page, report.code),
      at: report.effectiveDateTime ?? report.issued,
      place: placeOf(report),
      ...(conclusion === undefined ? {} : { more: <span> {conclusion}</span> }),
    };
  });
  return newestFirst([...results, ...reports]);
}

function Studies({ entries }: { readonly entries: readonly Entry[] }): VNode {
  const say = useSay();
  return (
    <div class="rr-big">
      {entries.length === 0 ? (
        <EmptyState title={say(RECORD.noStudies)}>
          <p>{say(RECORD.noStudiesText)}</p>
        </EmptyState>
      ) : (
        <>
          <p>{say(RECORD.studiesIntro)}</p>
          <Entries entries={entries} />
        </>
      )}
    </div>
  );
}

/** Results of laboratory and images. */
export const myStudies: Page = {
  method: 'GET',
  path: '/mi/estudios',
  audience: ['patient'],
  nav: RECORD.studies,
  handle: async (page) => view(RECORD.studies, <Studies entries={await studiesOf(page)} />),
};
