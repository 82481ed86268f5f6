import type { Component } from 'svelte';

/** One entry of a menu. */
export type MenuItem = {
  label: string;
  icon: Component;
  run: () => void;
  disabled?: boolean;
  /** What a disabled item waits for. */
  hint?: string;
};
