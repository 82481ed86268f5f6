import { contextBridge, ipcRenderer } from 'electron';
import { engineCalls, shellCalls } from '#shared/ipc/names.ts';

// Names only: no event object, no channel of the page's choice, no schema (the main process checks both ways).
const calls = Object.fromEntries(
  [...engineCalls, ...shellCalls].map((name) => [
    name,
    (input: unknown, accountId: unknown) => ipcRenderer.invoke(name, input, accountId),
  ]),
);

const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
  const receive = (_: unknown, name: string, payload: unknown): void => {
    if (name === event) listener(payload);
  };
  ipcRenderer.on('events', receive);
  return () => ipcRenderer.off('events', receive);
};

contextBridge.exposeInMainWorld('oscaro', { calls, on });
