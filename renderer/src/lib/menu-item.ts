import type { Component } from 'svelte';

/** One entry of a menu. */
export type MenuItem = {
  label: string;
  icon: Component;
  run: () => void;
  disabled?: boolean;
  /** One of several of which one is chosen; whether it is that one. */
  chosen?: boolean;
  /** A line stands above it. */
  apart?: boolean;
  /** What a disabled item waits for, or what else is to be known of it. */
  hint?: string;
};
