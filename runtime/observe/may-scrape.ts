import { hash, timingSafeEqual } from 'node:crypto';
import type { Config } from '#lib/config';

const BEARER = /^bearer +(\S+)$/i;

/** Whether metrics are for everybody: the dashboard shows no less, and nobody has asked for a token. */
export function isScrapedByAll({ metrics, accounts }: Config): boolean {
  return metrics.token === undefined && accounts.dashboardAuth === 'none';
}

/** Whether a request carries the token that metrics ask for. */
export function bearsMetricsToken({ metrics }: Config, authorization: string | undefined): boolean {
  const given = BEARER.exec(authorization ?? '')?.[1];
  if (metrics.token === undefined || given === undefined) return false;
  return timingSafeEqual(digest(given), digest(metrics.token));
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
