import type { CapabilityStatement, Resource } from '@medplum/fhirtypes';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import type { Connection, mongo } from 'mongoose';
import type { KeySet } from './access/key-set.js';
import { ensureDemoAccounts, listAccounts } from './access/accounts.js';
import { createActivateAccount } from './access/activate-account.js';
import { createAccountLookup, createAuthenticator } from './access/authenticate.js';
import { type AuthorizationServer, createAuthorizationServer } from './access/authorization-server.js';
import type { Caller } from './access/caller.js';
import { DEMO_PASSWORD } from './access/demo-password.js';
import { createSessions } from './access/sessions.js';
import { createSignIn } from './access/sign-in.js';
import { loadSigningKeys } from './access/signing-keys.js';
import { bundleJob } from './bulk/bundle/bundle-job.js';
import { exportJob } from './bulk/export/export-job.js';
import { exportOperations } from './bulk/export/export-operations.js';
import { currentRights } from './bulk/jobs/current-rights.js';
import { createJobRunner } from './bulk/jobs/job-runner.js';
import type { Config } from './config/config.js';
import { packageRoot } from './config/paths.js';
import { capabilityStatement } from './fhir/capability-statement.js';
import { loadDefinitions } from './fhir/definitions/load-definitions.js';
import { dispatch } from './fhir/dispatch.js';
import type { FhirContext, FhirHooks } from './fhir/fhir-context.js';
import type { Operation } from './fhir/operation.js';
import { engineOperations } from './fhir/operations/engine-operations.js';
import { searchIndexes } from './fhir/search/indexes.js';
import { reindexType } from './fhir/search/reindex.js';
import { createValidator } from './fhir/validation/create-validator.js';
import { logger } from './logger.js';
import type { Progress } from './progress.js';
import { createNotifier, type Notifier } from './notify/notifier.js';
import { outboundRules } from './notify/outbound/outbound-rules.js';
import { checkSubscriptionRoom } from './notify/subscriptions/subscription-room.js';
import { guardSubscription } from './notify/subscriptions/guard-subscription.js';
import { subscriptionOperations } from './notify/subscriptions/subscription-operations.js';
import { TOPICS } from './notify/subscriptions/topics.js';
import { recordOperations } from './record/operations.js';
import { recordRelations } from './record/relation-facts.js';
import { warnDuplicateStudies } from './record/warn-duplicate-studies.js';
import { demandedProfiles } from './referral/demanded-profiles.js';
import { checkNotice } from './referral/notices/check-notice.js';
import { checkAppointmentSlots } from './referral/slots/check-appointment.js';
import { followDrafts } from './referral/drafts/follow-drafts.js';
import { followAppointments } from './referral/slots/follow-appointment.js';
import { followDeath } from './referral/follow-death.js';
import { followNotices } from './referral/notices/follow-notices.js';
import { createDeadlineDesk } from './referral/deadlines/deadline-desk.js';
import { ensureShippedEdition } from './referral/deadlines/load-edition.js';
import { guardWrite } from './referral/guard-write.js';
import { meansMove, moveByWrite } from './referral/plain-writes/move-by-write.js';
import { checkMessage } from './referral/messages/check-message.js';
import { unreadOf } from './referral/messages/message.js';
import { referralOperations } from './referral/operations.js';
import { type ReferralTimers, startReferralTimers } from './referral/timers/referral-timers.js';
import { rebuildWork } from './referral/rebuild-work.js';
import { relationsOf, workOf } from './referral/work-scalars.js';
import { organizationByAlias } from './seed/find-facility.js';
import { loadCatalogue } from './seed/load-catalogue.js';
import { createStatisticsDesk } from './statistics/statistics-desk.js';
import type { Auditor } from './store/auditor.js';
import type { DatabaseConnection } from './store/connect.js';
import { createAuditor } from './store/group-commit-auditor.js';
import { DeliveryStore } from './store/delivery-store.js';
import { openFeed } from './store/feed.js';
import { matchDocument } from './store/match-document.js';
import { type Catalogue, indexCatalogue } from './store/index-catalogue.js';
import { missingIndexes } from './store/ensure-indexes.js';
import { ifLeaseFree, withLease } from './store/lease.js';
import { migrate } from './store/migrate.js';
import type { RebuildSearchValues, RebuildWork } from './store/migrations/migration.js';
import { openStore } from './store/mongo-store.js';
import { sheetOperation } from './web/pages/hc10/sheet-operation.js';
import { createSite } from './web/site.js';
import { signInErrorPage } from './web/sign-in/error-page.js';

/** Everything the service is made of, built once and handed on explicitly. */
export interface AppContext extends FhirContext {
  readonly config: Config;
  readonly auditor: Auditor;
  readonly keys: KeySet;
  readonly authorizationServer: AuthorizationServer;
  readonly authenticate: (authorization: string | undefined) => Promise<Caller>;
  /** Everything people see in a browser. */
  readonly pages: RequestHandler;
  /** Messages and Subscriptions; `start` lets this process take part. */
  readonly notifier: Notifier;
  capabilityStatement(): CapabilityStatement;
  missingIndexes(): Promise<readonly string[]>;
  /** True while the process is stopping: `/readyz` answers 503. */
  draining: boolean;
  /** What to tell the person who started the service. */
  readyLines(): readonly string[];
  /** Writes the last audit seal; the database is closed by whoever opened it. */
  close(): Promise<void>;
}

/** Another process takes the notifications of a dead one over after this time, ms. */
const NOTIFY_LEASE_MS = 15_000;

const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;

/** What the rooms above the FHIR engine add to it (design.md 3a.18). */
const serviceHooks = (config: Config, definitions: FhirContext['definitions']): FhirHooks => ({
  async guardWrite(intent) {
    guardSubscription({ definitions, baseUrl: `${config.publicUrl}/fhir`, outbound: outboundRules(config) }, intent);
    await guardWrite(intent);
  },
  moveByWrite,
  meansMove,
  warnOnCreate: warnDuplicateStudies,
  async beforeCommit(builder) {
    await followAppointments(builder);
    await followDeath(builder);
    await followDrafts(builder);
    await followNotices(builder);
  },
  async checkWrite(context, write) {
    await checkMessage(context, write);
    await checkSubscriptionRoom(context, write);
    await checkAppointmentSlots(context, write);
    checkNotice(context, write);
  },
  workOf: (resource: Resource) => workOf(resource) ?? unreadOf(resource),
  relationsOf: (resource: Resource) => [...recordRelations(resource), ...relationsOf(resource)],
});

/** Every operation of the service. */
export const serviceOperations = (types: readonly string[]): readonly Operation[] => [
  ...engineOperations(types),
  ...recordOperations,
  ...referralOperations,
  sheetOperation,
  ...exportOperations,
  ...subscriptionOperations,
];

/** The FHIR engine on a store, without accounts and HTTP: what the seed and the benchmarks need. */
export function createFhirContext(config: Config, connection: Connection, auditor?: Auditor): FhirContext {
  const definitions = loadDefinitions();
  return {
    store: openStore(connection, auditor),
    definitions,
    validator: createValidator(definitions, { demandedProfiles }),
    hooks: serviceHooks(config, definitions),
    operations: serviceOperations(definitions.resourceTypes),
    baseUrl: `${config.publicUrl}/fhir`,
    cursorSecret: createHmac('sha256', config.secrets.cursor).update('search cursor').digest('hex'),
    paperSecret: createHmac('sha256', config.secrets.cursor).update('paper').digest('hex'),
    version: packageVersion(),
    references: config.referenceCheck,
  };
}

/** Collections of current FHIR resources and their indexes. */
export const resourceCatalogue = ({ definitions }: Pick<FhirContext, 'definitions'>): Catalogue =>
  definitions.resourceTypes
    .filter((type) => type !== 'AuditEvent')
    .map((name) => ({ name, indexes: searchIndexes(definitions, name) }));

/** Collections and indexes of the whole service. */
export const serviceCatalogue = (context: Pick<FhirContext, 'definitions'>): Catalogue =>
  indexCatalogue(resourceCatalogue(context));

/** What migrations call to compute stored values anew. */
export const rebuilders = (
  context: FhirContext,
): { readonly rebuildSearchValues: RebuildSearchValues; readonly rebuildWork: RebuildWork } => ({
  rebuildSearchValues: (type, onProgress, options) => reindexType(context, type, onProgress, options),
  rebuildWork: (onProgress, options) => rebuildWork(context.store, onProgress, options),
});

async function demonstrationLines(fhir: FhirContext, progress: Progress, config: Config): Promise<readonly string[]> {
  if (!config.demoData) return [];
  progress.say({ es: 'Catálogos y cuentas de demostración.', en: 'Catalogues and demonstration accounts.' });
  await loadCatalogue(fhir, progress);
  await ensureDemoAccounts(fhir.store, organizationByAlias);
  const accounts = await listAccounts(fhir.store);
  const rows = accounts.map(({ name, role }) => `  ${name.padEnd(24)} ${role}`);
  return [
    'cuentas y sistemas de demostración / demonstration accounts and systems:',
    ...rows,
    `páginas / pages: ${config.publicUrl}/  (contraseña de las personas de demostración / password of demonstration people: ${DEMO_PASSWORD})`,
    'pruebe / try:',
    '  npm run demo',
    `  TOKEN=$(npm run --silent cli -- token clinician.uaps1)`,
    `  curl -H "Authorization: Bearer $TOKEN" "${fhir.baseUrl}/Organization?_count=5"`,
  ];
}

/** Time after which the timers of a killed process pass to another one, ms. */
const TIMERS_LEASE_MS = 30_000;

/** The timers over referrals: of all processes on this database one at a time works. */
const referralTimers = (fhir: FhirContext, db: mongo.Db): ReferralTimers =>
  startReferralTimers(fhir, {
    alone: async (work) => (await ifLeaseFree(db, 'referral-timers', TIMERS_LEASE_MS, work)) !== undefined,
  });

/**
 * Builds the service on an open database: migrations, audit, keys, accounts, catalogues, operations.
 * Throws StartupError when something is missing that a person must mend.
 */
export async function createContext(
  config: Config,
  { connection }: DatabaseConnection,
  progress: Progress,
): Promise<AppContext> {
  const db = connection.db as unknown as mongo.Db;
  const definitionsOnly = createFhirContext(config, connection);
  const catalogue = serviceCatalogue(definitionsOnly);
  await migrate(db, progress, catalogue, rebuilders(definitionsOnly));
  const auditor = await createAuditor(db, {
    report: (message, error) => logger.error({ err: error }, message),
  });
  const fhir: FhirContext = { ...definitionsOnly, store: openStore(connection, auditor) };
  const keys = await loadSigningKeys(fhir.store, config.secrets);
  const identity = {
    store: fhir.store,
    keys,
    issuer: config.publicUrl,
    audience: fhir.baseUrl,
    production: config.production,
  };
  const authorizationServer = await createAuthorizationServer({
    ...identity,
    // Set by the HTTP layer before the request gets here; what it says of the address follows TRUST_PROXY.
    requestId: (_request, response) => String(response.getHeader('X-Request-Id')),
    clientAddress: (request) => (request as { readonly ip?: string }).ip,
    errorPage: signInErrorPage,
    onError: (error) => logger.error({ err: error }, 'authorization server'),
    onNotice: (text) => logger.info(text),
  });
  const accounts = createAccountLookup(fhir.store, identity);
  const sessions = createSessions(fhir.store, accounts);
  const statistics = createStatisticsDesk(fhir);
  const pages = createSite({
    fhir,
    publicUrl: config.publicUrl,
    keys,
    authorizationServer,
    sessions,
    signIn: createSignIn({ store: fhir.store, auditor, lookup: accounts, sessions, production: config.production }),
    activateAccount: createActivateAccount({ store: fhir.store, sessions, secret: fhir.paperSecret }),
    accounts,
    statistics,
    deadlines: createDeadlineDesk(fhir, 'pages'),
    demonstration: config.demoData,
  });
  const lines = await demonstrationLines(fhir, progress, config);
  await ensureShippedEdition(fhir.store);
  const rights = currentRights(accounts);
  const jobs = createJobRunner(fhir.store.jobs, {
    export: exportJob(fhir, rights),
    bundle: bundleJob(fhir, dispatch, rights),
  });
  const timers = config.referralTimers ? referralTimers(fhir, db) : undefined;
  const notifier = createNotifier({
    context: fhir,
    config,
    accounts,
    deliveries: new DeliveryStore(db),
    match: (document, filters) => matchDocument(db, document, filters),
    feed: (after, signal) => openFeed(db, { after, signal, withoutText: true }),
    alone: (name, signal, work) => withLease(db, name, { ttlMs: NOTIFY_LEASE_MS, retryMs: 1_000, signal }, work),
  });
  return {
    ...fhir,
    config,
    auditor,
    keys,
    authorizationServer,
    authenticate: createAuthenticator(identity),
    pages,
    notifier,
    capabilityStatement: () => capabilityStatement({ ...fhir, topics: TOPICS.map(({ url }) => url) }),
    missingIndexes: () => missingIndexes(db, catalogue),
    draining: false,
    readyLines: () => lines,
    close: async () => {
      await timers?.close();
      await notifier.close();
      await jobs.close();
      await statistics.releases.close();
      await auditor.close();
    },
  };
}
