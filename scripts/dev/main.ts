import { runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { runSession } from '#scripts/start/session.ts';

/** As `npm start`, with the window following each change of the sources. */
await runMain(() =>
  runSession(
    () => Promise.resolve(),
    async ({ children, runtime, env }) => {
      const cli = inRepo('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
      const dev = children.start(process.execPath, [cli, 'dev', '--watch', '--', ...runtime.flags], {
        cwd: inRepo(),
        stdio: 'inherit',
        env: { ...env, ELECTRON_EXEC_PATH: runtime.executable },
      });
      return dev.ended;
    },
  ),
);
