import { SHOP_ZONE } from './format.ts';

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: SHOP_ZONE });

/** The day it is for the shop, `YYYY-MM-DD`. */
export function shopDay(nowMs: number): string {
  return calendar.format(nowMs);
}

/** Whole days from one calendar day to another; negative when `to` has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
