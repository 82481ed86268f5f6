import Car from '@lucide/svelte/icons/car';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import FileText from '@lucide/svelte/icons/file-text';
import Lock from '@lucide/svelte/icons/lock';
import House from '@lucide/svelte/icons/house';
import Nut from '@lucide/svelte/icons/nut';
import Package from '@lucide/svelte/icons/package';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ShoppingBasket from '@lucide/svelte/icons/shopping-basket';
import UserRound from '@lucide/svelte/icons/user-round';
import Settings from '@lucide/svelte/icons/settings';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import type { Component } from 'svelte';
import { fold } from '#shared/domain/fold.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { Command } from '#shared/ipc/contract.ts';
import type { SearchResults } from '#shared/ipc/search.ts';
import * as format from '#lib/format.ts';
import { orderStatus } from '#lib/order-status.ts';
import { app, firstAmount } from '#lib/session.svelte.ts';
import { goTo } from './search-state.svelte.ts';

export type Entry = {
  key: string;
  icon: Component;
  title: string;
  plate?: string | undefined;
  sub: string;
  end?: string;
  run: () => void;
};
export type Group = { name: string; entries: Entry[]; more: boolean };

/** What a search found, as rows to choose from; groups without a hit are left out. */
export function groupsOf(found: SearchResults, today: string): Group[] {
  const groups: Group[] = [
    {
      name: m.app_nav_orders(),
      more: found.orders.more,
      entries: found.orders.hits.map((order) => ({
        key: `order ${order.id}`,
        icon: orderStatus[order.status].icon,
        title: order.title,
        plate: order.vehicle?.plate,
        sub: `${format.orderNumber(order.number)} · ${orderStatus[order.status].word()} · ${format.nearDay(order.placedOn, today)}`,
        end: format.money(firstAmount(order), order.currency),
        run: () => {
          goTo.order(order.id);
        },
      })),
    },
    {
      name: m.app_parts(),
      more: found.parts.more,
      entries: found.parts.hits.map((part) => ({
        key: `part ${part.brand} ${part.reference}`,
        icon: Nut,
        title: part.name,
        sub: `${part.brand} ${part.reference}`,
        end: m.app_part_orders({ count: part.orderCount, date: format.nearDay(part.lastOrderedOn, today) }),
        run: () => {
          goTo.part(part.reference);
        },
      })),
    },
    {
      name: m.app_vehicles(),
      more: found.vehicles.more,
      entries: found.vehicles.hits.map((vehicle) => ({
        key: `vehicle ${vehicle.id}`,
        icon: Car,
        title: vehicle.label,
        plate: vehicle.plate,
        sub: vehicle.customerName ?? '',
        end: m.app_orders_count({ count: vehicle.orderCount, shown: format.count(vehicle.orderCount) }),
        run: () => {
          goTo.vehicle(vehicle.id);
        },
      })),
    },
    {
      name: m.changes_nav_baskets(),
      more: found.baskets.more,
      entries: found.baskets.hits.map((basket) => ({
        key: `basket ${basket.id}`,
        icon: ShoppingBasket,
        title: basket.name,
        plate: basket.vehicle?.plate,
        sub: `${m.baskets_lines({ count: basket.lineCount, shown: format.count(basket.lineCount) })} · ${format.dayOf(basket.changedAt)}`,
        end: format.money(firstAmount(basket.total), basket.total.currency),
        run: () => {
          goTo.basket(basket.id);
        },
      })),
    },
    {
      name: m.app_nav_invoices(),
      more: found.invoices.more,
      entries: found.invoices.hits.map((invoice) => ({
        key: `invoice ${invoice.id}`,
        icon: FileText,
        title: invoice.number,
        plate: invoice.vehicle?.plate,
        sub: `${format.nearDay(invoice.issuedOn, today)} · ${m.app_order_title({ number: format.orderNumber(invoice.orderNumber) })}`,
        end: format.money(firstAmount(invoice), invoice.currency),
        run: () => {
          goTo.invoice(invoice.id);
        },
      })),
    },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

type Actions = { command: (command: Command) => void; nextTheme: () => void };

/** What the search box can do besides finding, narrowed to the words that were typed. */
export function commandsMatching(text: string, actions: Actions): Group | undefined {
  const commands: { command: Command | 'theme'; icon: Component; title: string }[] = [
    { command: 'home', icon: House, title: m.app_go_to({ screen: m.app_nav_home() }) },
    { command: 'orders', icon: Package, title: m.app_go_to({ screen: m.app_nav_orders() }) },
    { command: 'invoices', icon: FileText, title: m.app_go_to({ screen: m.app_nav_invoices() }) },
    { command: 'baskets', icon: ShoppingBasket, title: m.app_go_to({ screen: m.changes_nav_baskets() }) },
    { command: 'vehicles', icon: Car, title: m.app_go_to({ screen: m.app_vehicles() }) },
    { command: 'account', icon: UserRound, title: m.app_go_to({ screen: m.app_account() }) },
    { command: 'changes', icon: CloudUpload, title: m.app_go_to({ screen: m.changes_nav() }) },
    { command: 'sync_now', icon: RefreshCw, title: m.app_sync_now() },
    { command: 'theme', icon: SunMoon, title: m.app_switch_theme() },
    ...(app.lock?.code ? [{ command: 'lock_now', icon: Lock, title: m.lock_now() } as const] : []),
    { command: 'settings', icon: Settings, title: m.app_settings() },
    { command: 'help', icon: CircleQuestionMark, title: m.app_help_title() },
  ];
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const entries = commands
    .filter(({ title }) => words.every((word) => fold(title).includes(word)))
    .map(({ command, icon, title }) => ({
      key: `command ${command}`,
      icon,
      title,
      sub: '',
      run: () => {
        if (command === 'theme') actions.nextTheme();
        else actions.command(command);
      },
    }));
  return entries.length === 0 ? undefined : { name: m.app_commands(), entries, more: false };
}
