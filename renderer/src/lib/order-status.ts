import Ban from '@lucide/svelte/icons/x';
import Clock from '@lucide/svelte/icons/clock';
import CreditCard from '@lucide/svelte/icons/credit-card';
import Package from '@lucide/svelte/icons/package';
import PackageCheck from '@lucide/svelte/icons/package-check';
import PackageOpen from '@lucide/svelte/icons/package-open';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Truck from '@lucide/svelte/icons/truck';
import Undo from '@lucide/svelte/icons/undo-2';
import type { Component } from 'svelte';
import { m } from '#shared/i18n/generated/messages.js';
import type { OrderStatus, ShipmentStatus } from '#shared/domain/order-status.ts';

export type Tone = 'neutral' | 'ok' | 'info' | 'warn' | 'bad';
type Look = { word: () => string; icon: Component; tone: Tone };

/** A status is a word, an icon and a colour: never a colour alone. */
export const orderStatus: Record<OrderStatus, Look> = {
  placed: { word: m.app_status_placed, icon: ReceiptText, tone: 'info' },
  payment_pending: { word: m.app_status_payment_pending, icon: Clock, tone: 'warn' },
  paid: { word: m.app_status_paid, icon: CreditCard, tone: 'info' },
  preparing: { word: m.app_status_preparing, icon: PackageOpen, tone: 'info' },
  partially_shipped: { word: m.app_status_partially_shipped, icon: Truck, tone: 'info' },
  shipped: { word: m.app_status_shipped, icon: Truck, tone: 'info' },
  delivered: { word: m.app_status_delivered, icon: PackageCheck, tone: 'ok' },
  cancelled: { word: m.app_status_cancelled, icon: Ban, tone: 'bad' },
  partially_refunded: { word: m.app_status_partially_refunded, icon: Undo, tone: 'neutral' },
  refunded: { word: m.app_status_refunded, icon: Undo, tone: 'neutral' },
};

export const ORDER_STATUSES = Object.keys(orderStatus) as OrderStatus[];

export const shipmentStatus: Record<ShipmentStatus, Look> = {
  label_created: { word: m.app_shipment_label_created, icon: Package, tone: 'info' },
  picked_up: { word: m.app_shipment_picked_up, icon: Truck, tone: 'info' },
  in_transit: { word: m.app_shipment_in_transit, icon: Truck, tone: 'info' },
  out_for_delivery: { word: m.app_shipment_out_for_delivery, icon: Truck, tone: 'info' },
  delivered: { word: m.app_shipment_delivered, icon: PackageCheck, tone: 'ok' },
  failed_attempt: { word: m.app_shipment_failed_attempt, icon: Clock, tone: 'warn' },
  returned_to_sender: { word: m.app_shipment_returned_to_sender, icon: Undo, tone: 'bad' },
};
