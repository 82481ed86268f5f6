import Car from '@lucide/svelte/icons/car';
import FileText from '@lucide/svelte/icons/file-text';
import MessageSquare from '@lucide/svelte/icons/message-square';
import Package from '@lucide/svelte/icons/package';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShoppingBasket from '@lucide/svelte/icons/shopping-basket';
import UserRound from '@lucide/svelte/icons/user-round';
import Bell from '@lucide/svelte/icons/bell';
import type { Component } from 'svelte';
import type { EntityType } from '#shared/domain/entities.ts';
import { nav } from './nav.svelte.ts';

export type Subject = { type: EntityType; id: string };
type Look = { icon: Component; open?: (id: string) => void };

/** How each kind of thing is drawn beside a change of it, and where it is shown. */
const table: Record<EntityType, Look> = {
  basket: {
    icon: ShoppingBasket,
    open: (basketId) => {
      nav.show({ screen: 'baskets', basketId });
    },
  },
  vehicle: {
    icon: Car,
    open: (vehicleId) => {
      nav.show({ screen: 'vehicles', vehicleId });
    },
  },
  order: {
    icon: Package,
    open: (orderId) => {
      nav.show({ screen: 'orders', orderId });
    },
  },
  invoice: {
    icon: FileText,
    open: (invoiceId) => {
      nav.show({ screen: 'invoices', invoiceId });
    },
  },
  profile: {
    icon: UserRound,
    open: () => {
      nav.show({ screen: 'account' });
    },
  },
  support_message: { icon: MessageSquare, open: () => (nav.overlay = 'help') },
  notice: { icon: Bell },
  policy: { icon: ScrollText },
};

export const subjectIcon = (type: EntityType): Component => table[type].icon;

/** What shows a thing, or undefined for one that has no screen. */
export function opensSubject({ type, id }: Subject): (() => void) | undefined {
  const { open } = table[type];
  return (
    open &&
    (() => {
      open(id);
    })
  );
}
