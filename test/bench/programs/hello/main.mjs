// eslint-disable-next-line no-restricted-imports -- this is an Electron app of its own
import { BrowserWindow, app } from 'electron';

// The floor of every Electron app: one window, sandboxed as ours is, with a page of one word. It says when the frame that
// holds the word was handed to the screen, in milliseconds since this process began, as our app says it of its first screen.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const page = `<!doctype html><title>hello</title><body>hello<script>
  requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'painted'; }));
</script>`;
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  window.on('page-title-updated', (_, title) => {
    if (title === 'painted')
      process.stdout.write(`first screen painted screen="hello" ms=${Math.round(performance.now())}\n`);
  });
  return window.loadURL(`data:text/html,${encodeURIComponent(page)}`);
});
app.on('window-all-closed', () => app.quit());
