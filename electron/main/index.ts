import { app } from 'electron';
import { readLaunch, refusedSwitch } from './platform/launch.ts';
import { start } from './start.ts';

const launch = readLaunch(process.argv, process.env, app.isPackaged);
if (launch.userDataDir) app.setPath('userData', launch.userDataDir);

const refused = app.isPackaged ? refusedSwitch((name) => app.commandLine.hasSwitch(name)) : undefined;
if (refused) {
  process.stderr.write(`--${refused} is not available in this app.\n`);
  app.exit(1);
} else if (!app.requestSingleInstanceLock()) {
  // The running app was told, and comes to the front.
  app.quit();
} else {
  start(launch);
}
