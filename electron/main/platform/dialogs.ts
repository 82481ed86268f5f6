import { app, dialog, type BrowserWindow } from 'electron';
import { dirname, extname, join } from 'node:path';

export interface SaveRequest {
  title: string;
  /** With its extension; already safe as a file name. */
  fileName: string;
  fileType: string;
}

export type AskWhereToSave = (request: SaveRequest) => Promise<string | undefined>;

/** Asks where to save; undefined is a person's "cancel". The folder is the one used last, Documents at first. */
export function createSaveDialog(
  window: () => BrowserWindow | undefined,
  testSaveDir?: string,
): AskWhereToSave {
  let folder: string | undefined;
  return async ({ title, fileName, fileType }) => {
    if (testSaveDir) return join(testSaveDir, fileName);
    const options = {
      title,
      defaultPath: join(folder ?? app.getPath('documents'), fileName),
      filters: [{ name: fileType, extensions: [extname(fileName).slice(1)] }],
      properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
    };
    const parent = window();
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    if (canceled || !filePath) return undefined;
    folder = dirname(filePath);
    return filePath;
  };
}

export interface OpenRequest {
  title: string;
  fileType: string;
  /** Without the point. */
  extensions: string[];
}

export type AskWhichFile = (request: OpenRequest) => Promise<string | undefined>;

/** Asks which file to read; undefined is a person's "cancel". */
export function createOpenDialog(
  window: () => BrowserWindow | undefined,
  testOpenFile?: string,
): AskWhichFile {
  return async ({ title, fileType, extensions }) => {
    if (testOpenFile) return testOpenFile;
    const options = {
      title,
      filters: [{ name: fileType, extensions }],
      properties: ['openFile' as const, 'dontAddToRecent' as const],
    };
    const parent = window();
    const { canceled, filePaths } = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options));
    return canceled ? undefined : filePaths[0];
  };
}
