import { contextBridge, ipcRenderer } from 'electron';
import { engineCalls, shellCalls } from '#shared/ipc/names.ts';

// Names only: no event object, no channel of the page's choice, no schema (the main process checks both ways).
const calls = Object.fromEntries(
  [...engineCalls, ...shellCalls].map((name) => [
    name,
    (input: unknown, accountId: unknown) => ipcRenderer.invoke(name, input, accountId),
  ]),
);

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

// One for all: a screen of many parts has more listeners than Electron takes for sane.
ipcRenderer.on('events', (_, name: string, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
});

const on = (event: string, listener: Listener): (() => void) => {
  // The same function may listen twice, and stop once.
  const own: Listener = (payload) => {
    listener(payload);
  };
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(own));
  return () => all.delete(own);
};

contextBridge.exposeInMainWorld('oscaro', { calls, on });
