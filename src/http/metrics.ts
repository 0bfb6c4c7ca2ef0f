import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Caller } from '../access/caller.js';
import { fault } from '../errors.js';
import { logger } from '../logger.js';
import type { GaugeReading } from '../referral/proof/referral-gauges.js';
import type { Notifier } from '../notify/notifier.js';

/** Metrics of this process. */
export interface Metrics {
  /** Measures every request by method and status class. */
  readonly measure: RequestHandler;
  /** `/metrics`, on loopback or with a token (design.md 3a.11). */
  readonly serve: RequestHandler;
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Puts readings into the registry, in place of the last ones. */
function keepReadings(registry: Registry, readings: readonly GaugeReading[]): void {
  for (const { name, help, label, values } of readings) {
    registry.removeSingleMetric(name);
    const gauge = new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers: [registry] });
    for (const [key, value] of Object.entries(values)) gauge.set(label === undefined ? {} : { [label]: key }, value);
  }
}

/** Notifications: how many of all processes wait or are dead, and what became of the tries of this one. */
function measureNotifications(registry: Registry, { counts, outcomes }: Pick<Notifier, 'counts' | 'outcomes'>): void {
  new Gauge({
    name: 'notifications',
    help: 'Notifications that wait to be delivered or were given up, by kind',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      for (const { kind, state, count } of await counts()) this.set({ kind, state }, count);
    },
  });
  new Counter({
    name: 'notification_tries_total',
    help: 'Tries of this process to deliver a notification, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, count] of outcomes()) {
        const [kind = '', outcome = ''] = key.split(' ');
        this.inc({ kind, outcome }, count);
      }
    },
  });
}

/**
 * Prometheus metrics: Node's own, the duration of requests in seconds, notifications, and the readings of the work.
 * @param readings when they cannot be had, the others are given all the same
 */
export function createMetrics(
  authenticate: (authorization: string | undefined) => Promise<Caller>,
  notifier: Pick<Notifier, 'counts' | 'outcomes'>,
  readings: () => Promise<readonly GaugeReading[]>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureNotifications(registry, notifier);
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds',
    labelNames: ['method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const series = new Map<string, Histogram.Internal<'method' | 'status'>>();
  const seriesOf = (method: string, statusCode: number): Histogram.Internal<'method' | 'status'> => {
    const status = `${Math.floor(statusCode / 100)}xx`;
    const key = `${method} ${status}`;
    const known = series.get(key) ?? duration.labels({ method, status });
    series.set(key, known);
    return known;
  };
  return {
    measure(request: Request, response: Response, next: NextFunction): void {
      const began = performance.now();
      response.on('finish', () =>
        seriesOf(request.method, response.statusCode).observe((performance.now() - began) / 1_000),
      );
      next();
    },
    async serve(request: Request, response: Response): Promise<void> {
      // Behind a proxy on this machine the connection is local and the client is not.
      if (![request.socket.remoteAddress, request.ip].every((address) => LOOPBACK.test(address ?? ''))) {
        const caller = await authenticate(request.get('authorization'));
        if (caller.role !== 'administrator' && caller.role !== 'service')
          throw fault('role-forbidden', { role: caller.role, interaction: 'metrics', type: '/metrics' });
      }
      await readings().then(
        (found) => keepReadings(registry, found),
        (error: unknown) => logger.warn({ err: error }, 'metrics of the work'),
      );
      response.set('Content-Type', registry.contentType).send(await registry.metrics());
    },
  };
}
