import { findAccount } from '../../access/accounts.js';
import type { Role } from '../../access/caller.js';
import { fault } from '../../errors.js';
import { actorFor, recordWork, type SignedInPerson } from '../actor.js';
import type { AuditReport } from '../audit/audit-release.js';
import { hasDuty } from '../duties.js';
import { closedMonths, type StatisticsMonth, statisticsMonth } from '../statistics-month.js';
import { buildRelease, closedMonth, type StatisticsContext } from './build-release.js';
import { createMonthJobs, type JobView } from './month-jobs.js';
import { approveRelease, assertSeen, publishApproved } from './publish-release.js';
import { type ReleaseDocument, type ReleaseState, type ReleaseStep, stampOf } from './release-documents.js';
import type { ReleaseFile } from './release-files.js';

/** One version of a month, without its figures. */
export interface VersionView {
  readonly version: number;
  readonly state: ReleaseState;
  readonly threshold: number;
  readonly report: AuditReport;
  readonly builtBy: string;
  /** Oldest first; `who` is the name that people know. */
  readonly steps: readonly { readonly step: ReleaseStep; readonly who: string; readonly at: Date }[];
}

/** A month as the people who publish see it. */
export interface MonthView {
  readonly month: string;
  readonly closed: boolean;
  readonly closes: Date;
  /** Newest first. */
  readonly versions: readonly VersionView[];
  /** The work that goes on or ended last. */
  readonly job?: JobView;
  /** Sent back with a step: what the person saw. */
  readonly stamp: string;
}

export interface StepOf {
  readonly month: string;
  readonly stamp: string;
}

/** The pipeline of the open statistics for people who are signed in; each call checks their role and leaves its audit record. */
export interface ReleaseDesk {
  /** Months that are open or closed lately, and every month with a release; newest first. @throws ServiceError 403 */
  months(person: SignedInPerson): Promise<readonly MonthView[]>;
  /** @throws ServiceError 403, 404 when it is no month */
  month(person: SignedInPerson, month: string): Promise<MonthView>;
  /** Files of the newest version, exactly as they will be published. @throws ServiceError 403, 404 when there is none */
  files(person: SignedInPerson, month: string): Promise<readonly ReleaseFile[]>;
  /** Starts a build; it may go on after this (`MonthView.job`). @throws ServiceError 403, 404, 409, 412, 422 */
  build(person: SignedInPerson, step: StepOf): Promise<void>;
  /** @throws ServiceError 403, 404, 409, 412, 422 */
  approve(person: SignedInPerson, step: StepOf): Promise<void>;
  /** Starts the last audit and publishes; it may go on after this. @throws ServiceError 403, 409, 412, 422 */
  publish(person: SignedInPerson, step: StepOf): Promise<void>;
  close(): Promise<void>;
}

/** Closed months that are offered for building. */
const CLOSED_SHOWN = 12;
const MONTH_SHOWN_MS = 28 * 24 * 3_600_000;

/** What a role may do next with a month; the pages show these buttons and no others. */
export function nextStep(
  { closed, versions, job }: Pick<MonthView, 'closed' | 'versions' | 'job'>,
  who: { readonly role: Role; readonly sub: string },
): ReleaseStep | undefined {
  if (!closed || job?.state === 'running') return undefined;
  const [newest] = versions;
  if (newest?.state === 'protected')
    return hasDuty(who.role, 'approve') && newest.builtBy !== who.sub ? 'approve' : undefined;
  if (newest?.state === 'approved') return hasDuty(who.role, 'publish') ? 'publish' : undefined;
  return hasDuty(who.role, 'build') && newest?.state !== 'published' ? 'build' : undefined;
}

/** The current month, those before it that are not closed, and the newest closed ones. */
function monthsAt(now: Date): StatisticsMonth[] {
  const closed = closedMonths(now, CLOSED_SHOWN);
  const open: StatisticsMonth[] = [];
  for (let at = closed[0]?.end; at && at <= now; at = open[0]?.end) {
    const month = statisticsMonth(new Date(at.getTime() + MONTH_SHOWN_MS / 2).toISOString().slice(0, 7));
    if (!month) break;
    open.unshift(month);
  }
  return [...open, ...closed];
}

export function createReleaseDesk(context: StatisticsContext): ReleaseDesk {
  const { store } = context;
  const jobs = createMonthJobs(store);
  const releases = () => store.support<ReleaseDocument>('statistics');
  const ofMonths = (months?: readonly string[]): Promise<ReleaseDocument[]> =>
    releases()
      .find(
        { kind: 'release', ...(months ? { month: { $in: [...months] } } : {}) },
        { projection: { plan: 0, figures: 0, files: 0 }, sort: { version: -1 }, maxTimeMS: 5_000 },
      )
      .toArray();

  const nameOf = async (account: string, known: Map<string, string>): Promise<string> => {
    if (!known.has(account)) known.set(account, (await findAccount(store, account))?.displayName ?? account);
    return known.get(account) ?? account;
  };
  const viewsOf = async (months: readonly StatisticsMonth[], found: readonly ReleaseDocument[]) => {
    const names = new Map<string, string>();
    const last = await jobs.of(months.map(({ code }) => code));
    const now = new Date();
    const views: MonthView[] = [];
    for (const { code, closes } of months) {
      const own = found.filter(({ month }) => month === code);
      const versions: VersionView[] = [];
      for (const { version, state, threshold, report, builtBy, steps = [] } of own) {
        const named = await Promise.all(
          steps.map(async ({ step, by, at }) => ({ step, at, who: await nameOf(by, names) })),
        );
        versions.push({ version, state, threshold, report, builtBy, steps: named });
      }
      const job = last.get(code);
      const shown = job && { ...job, by: await nameOf(job.by, names) };
      views.push({
        month: code,
        closed: closes <= now,
        closes,
        versions,
        ...(shown ? { job: shown } : {}),
        stamp: stampOf(own[0]),
      });
    }
    return views;
  };
  const newestOf = async (month: string): Promise<ReleaseDocument | undefined> => (await ofMonths([month]))[0];

  return {
    async months(person) {
      await actorFor(store, person, 'review');
      const found = await ofMonths();
      const shown = new Map(monthsAt(new Date()).map((month) => [month.code, month]));
      for (const { month } of found) {
        const known = statisticsMonth(month);
        if (known) shown.set(month, known);
      }
      const newestFirst = [...shown.values()].sort((a, b) => (a.code < b.code ? 1 : -1));
      return viewsOf(newestFirst, found);
    },
    async month(person, code) {
      await actorFor(store, person, 'review');
      const month = statisticsMonth(code);
      if (!month || month.start > new Date()) throw fault('not-found', { type: 'month', id: code });
      const [view] = await viewsOf([month], await ofMonths([code]));
      return view!;
    },
    async files(person, month) {
      const actor = await actorFor(store, person, 'review');
      const newest = await newestOf(month);
      if (!newest) throw fault('not-found', { type: 'release', id: month });
      const det = { release: `${month}/v${newest.version}`, state: newest.state };
      await recordWork(store, actor, { act: 'R', sub: 'statistics-review', ok: true, det });
      const { files = [] } = (await releases().findOne({ _id: newest._id }, { projection: { files: 1 } })) ?? {};
      return files;
    },
    async build(person, { month, stamp }) {
      const { name } = await actorFor(store, person, 'build');
      closedMonth(month, new Date());
      assertSeen(await newestOf(month), month, stamp);
      await jobs.start({
        month,
        step: 'build',
        by: name,
        work: (signal) => buildRelease(context, { month, account: person, signal }),
      });
    },
    async approve(person, { month, stamp }) {
      await approveRelease(context, month, { account: person, seen: stamp });
    },
    async publish(person, { month, stamp }) {
      const { name } = await actorFor(store, person, 'publish');
      const newest = await newestOf(month);
      assertSeen(newest, month, stamp);
      if (newest?.state !== 'approved')
        throw fault('release-state', { release: month, state: newest?.state ?? 'draft' });
      await jobs.start({
        month,
        step: 'publish',
        by: name,
        work: (signal) => publishApproved(context, { account: person, month, seen: stamp, signal }),
      });
    },
    close: () => jobs.close(),
  };
}
