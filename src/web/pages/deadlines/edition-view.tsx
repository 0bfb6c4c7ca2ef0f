import type { VNode } from 'preact';
import { ALL_CLOCKS, CLOCKS, PRIORITIES } from '../../../referral/clocks.js';
import type { Edition } from '../../../referral/deadlines/edition.js';
import { inOrder, keyOf } from '../../../referral/deadlines/table-text.js';
import { termWords } from '../../../referral/deadlines/term-words.js';
import { EmptyState } from '../../components/empty-state.js';
import { URGENCY } from '../../components/referral-tags.js';
import { Table } from '../../components/table.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { DEADLINES } from '../../texts/deadlines.js';

/** The terms of an edition: the usual ones by step and priority, then those of specialties and services. */
export function EditionTerms({ edition }: { readonly edition: Edition }): VNode {
  const say = useSay();
  const { limits, number, terms } = edition;
  const usual = terms.filter(({ specialty, service }) => specialty === undefined && service === undefined);
  const special = inOrder(terms).filter(({ specialty, service }) => (specialty ?? service) !== undefined);
  return (
    <>
      <Table
        caption={say(DEADLINES.terms, { number })}
        columns={[{ name: say(DEADLINES.step) }, ...PRIORITIES.map((priority) => ({ name: say(URGENCY[priority]) }))]}
        rows={ALL_CLOCKS.map((clock) => [
          say(CLOCKS[clock]),
          ...PRIORITIES.map((priority) => {
            const term = usual.find((row) => row.clock === clock && row.priority === priority);
            return term ? say(termWords(term)) : '';
          }),
        ])}
      />
      {special.length === 0 ? (
        <p>{say(DEADLINES.noSpecial)}.</p>
      ) : (
        <Table
          caption={say(DEADLINES.special)}
          columns={[{ name: say(DEADLINES.row) }, { name: say(DEADLINES.term) }]}
          rows={special.map((row) => [keyOf(row), say(termWords(row))])}
        />
      )}
      <p>{say(DEADLINES.limits, { ...limits.infoRequestDays, away: limits.unavailableDays })}</p>
    </>
  );
}

/** All editions, the newest first. */
export function EditionHistory({ editions }: { readonly editions: readonly Edition[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  if (editions.length === 0) return <EmptyState title={say(DEADLINES.history)} />;
  return (
    <Table
      caption={say(DEADLINES.history)}
      columns={[
        { name: say(DEADLINES.edition) },
        { name: say(DEADLINES.from) },
        { name: say(DEADLINES.approvedBy) },
        { name: say(DEADLINES.loaded) },
      ]}
      rows={editions.map(({ number, validFrom, approvedBy, by, at }) => [
        String(number),
        dateText(validFrom, language),
        approvedBy,
        say(DEADLINES.loadedBy, { who: by, date: dateText(at.toISOString(), language) }),
      ])}
    />
  );
}
