import type { VNode } from 'preact';
import { ROLE_NAMES } from '../../../access/role-names.js';
import { dateIn } from '../../../config/honduras-time.js';
import { EmptyState } from '../../components/empty-state.js';
import { Pager } from '../../components/pager.js';
import { patientTime, timeText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { ACCESS } from '../../texts/patient-access.js';
import { type AccessEvent, type AccessPage, accessEvents } from './access-events.js';
import { deedWords, reasonWords, roleOf } from './access-words.js';

const PATH = '/mi/accesos';

/** What one person did on one day. */
interface Visitor {
  readonly name: string;
  /** Role, facility and reason. */
  readonly about: string;
  /** Deed -> moments, newest first. */
  readonly deeds: Map<string, string[]>;
}

/** Uses of the record by day, then by person, in the order they come. */
type Days = Map<string, Map<string, Visitor>>;

function nameOf({ say, caller }: PageContext, { event, name }: AccessEvent): string {
  const role = roleOf(event);
  if (role === 'paper-code') return say(ACCESS.paperCode);
  const who = event.agent.find(({ requestor }) => requestor)?.who?.identifier?.value;
  if (role === 'patient' && who === caller?.sub) return say(ACCESS.you);
  return name ?? say(ACCESS.unknown);
}

function aboutOf({ say }: PageContext, { event, facility }: AccessEvent): string {
  const role = roleOf(event);
  const reason = reasonWords(event);
  const outside = role === undefined || role === 'paper-code' || role === 'patient';
  // A system that names the person for whom it acts is only the tool.
  const tool = role === 'system' && event.agent.some(({ requestor, altId }) => requestor && altId !== undefined);
  const parts = [
    outside || tool ? undefined : say(ROLE_NAMES[role]),
    facility,
    reason && !outside ? say(ACCESS.why, { why: say(reason) }) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function byDay(page: PageContext, events: readonly AccessEvent[]): Days {
  const days: Days = new Map();
  for (const access of events) {
    const { recorded } = access.event;
    const day = dateIn(new Date(recorded));
    const visitors = days.get(day) ?? new Map<string, Visitor>();
    days.set(day, visitors);
    const [name, about] = [nameOf(page, access), aboutOf(page, access)];
    const visitor = visitors.get(`${name} ${about}`) ?? { name, about, deeds: new Map<string, string[]>() };
    visitors.set(`${name} ${about}`, visitor);
    const deed = deedWords(access.event, page.say);
    visitor.deeds.set(deed, [...(visitor.deeds.get(deed) ?? []), recorded]);
  }
  return days;
}

/** "a las 10:32", or "3 veces, de 10:32 a 11:05". */
function Times({ moments }: { readonly moments: readonly string[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  const clock = (moment: string | undefined): string => timeText(moment ?? '', language).split(', ')[1] ?? '';
  const [from, to] = [clock(moments.at(-1)), clock(moments[0])];
  const n = moments.length;
  const often = from === to ? say(ACCESS.timesAt, { n, from }) : say(ACCESS.times, { n, from, to });
  return <span class="rr-soft">{n === 1 ? say(ACCESS.once, { from }) : often}</span>;
}

function Visitors({ visitors }: { readonly visitors: readonly Visitor[] }): VNode {
  return (
    <ul class="rr-entries">
      {visitors.map(({ name, about, deeds }) => (
        <li>
          <strong>{name}</strong>
          {about !== '' && <span class="rr-soft">{about}</span>}
          <ul>
            {[...deeds].map(([deed, moments]) => (
              <li>
                {deed} <Times moments={moments} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface AccessesProps {
  readonly days: Days;
  readonly own: boolean;
  readonly next: string | undefined;
}

function Accesses({ days, own, next }: AccessesProps): VNode {
  const say = useSay();
  const language = useLanguage();
  return (
    <div class="rr-big">
      <p>{say(ACCESS.intro)}</p>
      <p>{say(ACCESS.strange)}</p>
      <p>
        <a href={own ? PATH : `${PATH}?propias=1`}>{say(own ? ACCESS.withoutOwn : ACCESS.withOwn)}</a>
      </p>
      {days.size === 0 && (
        <EmptyState title={say(ACCESS.nobody)}>
          <p>{say(ACCESS.nobodyText)}</p>
        </EmptyState>
      )}
      {[...days].map(([day, visitors]) => (
        <section>
          <h2>{patientTime(day, language)}</h2>
          <Visitors visitors={[...visitors.values()]} />
        </section>
      ))}
      <Pager next={next} />
    </div>
  );
}

const nextPage = ({ next }: AccessPage, own: boolean): string | undefined =>
  next === undefined
    ? undefined
    : `${PATH}?${new URLSearchParams({ ...(own ? { propias: '1' } : {}), desde: next }).toString()}`;

/** Who saw the own record: who, where, when, what and what for; own looks only when asked. */
export const myAccesses: Page = {
  method: 'GET',
  path: PATH,
  audience: ['patient'],
  nav: ACCESS.title,
  async handle(page) {
    const own = page.query.get('propias') === '1';
    const found = await accessEvents(page, { own, cursor: page.query.get('desde') });
    return view(ACCESS.title, <Accesses days={byDay(page, found.events)} own={own} next={nextPage(found, own)} />);
  },
};
