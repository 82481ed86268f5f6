import { app } from 'electron';
import { asksForRemoteDebugging, readLaunch } from './platform/launch.ts';
import { start } from './start.ts';

const launch = readLaunch(process.argv, process.env, app.isPackaged);
if (launch.userDataDir) app.setPath('userData', launch.userDataDir);

if (app.isPackaged && asksForRemoteDebugging(process.argv)) {
  process.stderr.write('Remote debugging is not available in this app.\n');
  app.exit(1);
} else if (!app.requestSingleInstanceLock()) {
  // The running app was told, and comes to the front.
  app.quit();
} else {
  start(launch);
}
