// Draws resources/icon.svg as resources/icon.png, 512 pixels wide, with the engine that will show it:
//   electron scripts/icon/render.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// eslint-disable-next-line no-restricted-imports -- this is a program for Electron, not part of the app
import { app, BrowserWindow } from 'electron';

const size = 512;
const resources = path.join(import.meta.dirname, '..', '..', 'resources');

async function render() {
  await app.whenReady();
  const svg = readFileSync(path.join(resources, 'icon.svg'), 'utf8');
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  await window.loadURL('data:text/html,<title>icon</title>');
  const dataUrl = await window.webContents.executeJavaScript(`(async () => {
    const image = new Image(${size}, ${size});
    image.src = 'data:image/svg+xml;utf8,' + encodeURIComponent(${JSON.stringify(svg)});
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} });
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  writeFileSync(path.join(resources, 'icon.png'), Buffer.from(dataUrl.split(',')[1], 'base64'));
  app.exit(0);
}

render().catch((error) => {
  console.error(error);
  app.exit(1);
});
