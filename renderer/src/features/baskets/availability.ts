import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Clock from '@lucide/svelte/icons/clock';
import type { Component } from 'svelte';
import type { LastKnownPrice } from '#shared/domain/basket.ts';
import { m } from '#shared/i18n/generated/messages.js';

type Known = NonNullable<LastKnownPrice['availability']>;

/** Whether the shop had a part when it was last asked, in a word, an icon and a colour. */
export const availability: Record<
  Known,
  { word: () => string; icon: Component; tone: 'ok' | 'warn' | 'bad' }
> = {
  in_stock: { word: m.baskets_in_stock, icon: CircleCheck, tone: 'ok' },
  on_order: { word: m.baskets_on_order, icon: Clock, tone: 'warn' },
  unavailable: { word: m.baskets_unavailable, icon: CircleSlash, tone: 'bad' },
};
