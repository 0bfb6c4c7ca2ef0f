import type { VNode } from 'preact';
import type { PublishedVersion } from '../../../statistics/release/published-data.js';
import { TABLES } from '../../../statistics/release/rows.js';
import { statisticsMonth } from '../../../statistics/statistics-month.js';
import { Facts } from '../../components/facts.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { Figures, figureText } from './figures.js';
import { fillWords } from './fill-words.js';
import { monthText } from './month-text.js';
import { FILES, publishedRelease, releasePath } from './published-release.js';
import { RegionsView } from './regions-view.js';
import { chosenCode } from './shown-release.js';

/** Which version, of when, how much is hidden. */
function AboutRelease({ release }: { readonly release: PublishedVersion }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { entry, versions, description } = release;
  const others = versions.filter((version) => version !== entry.version);
  const closes = statisticsMonth(entry.month)?.closes;
  return (
    <>
      <h2>{say(OPEN_DATA.about)}</h2>
      <Facts
        facts={[
          { name: say(OPEN_DATA.publishedOn), value: dateText(entry.publishedAt, language) },
          ...(closes ? [{ name: say(OPEN_DATA.dataUntil), value: dateText(closes, language) }] : []),
          {
            name: say(OPEN_DATA.figures),
            value: say(OPEN_DATA.figuresText, {
              figures: figureText(description.figures, language),
              hidden: figureText(description.hidden, language),
            }),
          },
          { name: say(OPEN_DATA.version), value: entry.version },
          ...(others.length > 0
            ? [
                {
                  name: say(OPEN_DATA.otherVersions),
                  value: others.map((version) => (
                    <a href={`/datos/${entry.month}/v${version}`}>{say(OPEN_DATA.otherVersion, { version })} </a>
                  )),
                },
              ]
            : []),
        ]}
      />
      <p>{say(OPEN_DATA.protectionText, { threshold: description.method.threshold })}</p>
    </>
  );
}

/** The other tables as pages, and every file. */
function Further({ release: { entry } }: { readonly release: PublishedVersion }): VNode {
  const say = useSay();
  const kilobytes = (bytes: number): number => Math.ceil(bytes / 1_000);
  const named: Readonly<Record<string, string>> = {
    'release.json': say(OPEN_DATA.fileRelease),
    'manifest.json': say(OPEN_DATA.fileManifest),
    ...Object.fromEntries(
      TABLES.flatMap(({ name, breakdown }) => {
        const text = say(OPEN_DATA.fileTable, { breakdown: say(OPEN_DATA[`by-${breakdown}`]) });
        return [
          [`${name}.csv`, text],
          [`${name}.json`, text],
        ];
      }),
    ),
  };
  return (
    <>
      <h2>{say(OPEN_DATA.tables)}</h2>
      <ul>
        {TABLES.map(({ name, breakdown }) => (
          <li>
            <a href={`${releasePath(entry)}/${name}`}>{say(OPEN_DATA[`by-${breakdown}`])}</a>
          </li>
        ))}
      </ul>
      <h2>{say(OPEN_DATA.downloads)}</h2>
      <ul>
        {entry.files.map(({ path, bytes }) => {
          const name = path.split('/').at(-1) ?? path;
          return (
            <li>
              <a href={`${FILES}/${path}`}>{say(OPEN_DATA.file, { name, size: kilobytes(bytes) })}</a>
              {name in named && `: ${named[name]}`}
            </li>
          );
        })}
      </ul>
      <ul>
        <li>
          <a href="/datos/definiciones">{say(OPEN_DATA.definitions)}</a>
        </li>
        <li>
          <a href="/datos/preguntas">{say(OPEN_DATA.askLink)}</a>
        </li>
        <li>
          <a href="/datos">{say(OPEN_DATA.all)}</a>
        </li>
      </ul>
    </>
  );
}

async function monthPage(page: PageContext): Promise<PageView> {
  const release = await publishedRelease(page);
  const { entry, description } = release;
  // Every table has the margins; this one is the smallest.
  const figures = new Figures(await page.services.statistics.published.rows(release, 'region-sex'));
  const codes = description.measures.map(({ code }) => code);
  return view(
    fillWords(OPEN_DATA.monthTitle, (language) => ({ month: monthText(entry.month, language) })),
    <>
      <RegionsView
        description={description}
        figures={figures}
        action={releasePath(entry)}
        measure={chosenCode(page.query.get('medida'), codes)}
      />
      <Further release={release} />
      <AboutRelease release={release} />
    </>,
  );
}

/** A published month: the country, the regions on a map, in a chart and in a table, and all files. */
export const dataMonth: Page = { method: 'GET', path: '/datos/:month', audience: 'anyone', handle: monthPage };
/** The same for one version; a published version stays for ever. */
export const dataMonthVersion: Page = {
  method: 'GET',
  path: '/datos/:month/v:version',
  audience: 'anyone',
  handle: monthPage,
};
