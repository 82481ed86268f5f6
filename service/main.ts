import { HELP, readSettings, SettingsError, type Settings } from './settings.ts';

function settingsOrExit(): Settings {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    if (settings !== 'help') return settings;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\nnode service/main.ts --help lists the settings.\n`);
    process.exit(2);
  }
}

const settings = settingsOrExit();
// Loaded only now, so that wrong flags are told at once.
const { run } = await import('./run.ts');
await run(settings);
