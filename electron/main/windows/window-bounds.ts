import { z } from 'zod';

export const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const defaultSize = { width: 1280, height: 820 };
export const minimumSize = { width: 900, height: 600 };

/** How much of the title bar must be in sight for a person to catch the window with the mouse. */
const catchable = { width: 120, height: 40 };

/**
 * Where to put the window, in device-independent pixels: where it was, if it can still be reached there (screens get
 * unplugged), never larger than the screen it is on; else the default size, placed by the system.
 */
export function placeWindow(
  saved: WindowState | undefined,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  const area = saved && workAreas.find((candidate) => isCatchable(saved, candidate));
  if (!saved || !area) return fitInto(defaultSize, workAreas[0]);
  const size = fitInto(saved, area);
  return {
    x: clamp(saved.x, area.x, area.x + area.width - size.width),
    y: clamp(saved.y, area.y, area.y + area.height - size.height),
    ...size,
  };
}

function fitInto(size: { width: number; height: number }, area: Rectangle | undefined) {
  const fit = (wanted: number, least: number, available: number): number =>
    Math.max(least, Math.min(wanted, available));
  return {
    width: fit(size.width, minimumSize.width, area?.width ?? size.width),
    height: fit(size.height, minimumSize.height, area?.height ?? size.height),
  };
}

function isCatchable(window: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const titleBarTop = window.y - area.y;
  return (
    visibleWidth >= catchable.width &&
    titleBarTop >= -catchable.height &&
    titleBarTop <= area.height - catchable.height
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}
