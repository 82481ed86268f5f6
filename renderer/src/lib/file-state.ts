import CircleArrowDown from '@lucide/svelte/icons/circle-arrow-down';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Loader from '@lucide/svelte/icons/loader';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { Component } from 'svelte';
import { m } from '#shared/i18n/generated/messages.js';
import type { InvoiceFileState } from '#shared/ipc/invoices.ts';

/** Where an invoice's file is, in a word and an icon. */
export const fileState: Record<InvoiceFileState, { word: () => string; icon: Component }> = {
  here: { word: m.app_file_here, icon: CircleCheck },
  to_download: { word: m.app_file_to_download, icon: CircleArrowDown },
  downloading: { word: m.app_file_downloading, icon: Loader },
  damaged: { word: m.app_file_damaged, icon: TriangleAlert },
};

export const FILE_STATES = Object.keys(fileState) as InvoiceFileState[];
