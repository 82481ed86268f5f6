import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropFormerParts, formerIds, sealFormer, type SealedFolder } from './seal-former.ts';
import { readSealed, sha256Of } from './verify.ts';

const key = randomBytes(32);
const id = '0190a0b0-0000-7000-8000-000000000001';
const pdf = Buffer.from('%PDF-1.7\nCamille Martin, F2026-000042\n%%EOF');
const sha256 = sha256Of(pdf);
let folder: SealedFolder;

beforeEach(() => {
  folder = { path: mkdtempSync(join(tmpdir(), 'former-')), key };
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const at = (name: string): string => join(folder.path, name);
const sealedIn = (name: string, bytes: Uint8Array) => readSealed(at(name), { key, id }, sha256Of(bytes));
const clear = (): string[] =>
  readdirSync(folder.path).filter((name) => readFileSync(at(name)).includes('Camille'));

it('seals a file in clear, for its owner only, and deletes it', async () => {
  writeFileSync(at(`${id}.pdf`), pdf);
  expect(await formerIds(folder)).toEqual([id]);
  expect(await sealFormer(folder, id, sha256, undefined)).toBeUndefined();
  expect(readdirSync(folder.path)).toEqual([`${id}.sealed`]);
  expect(statSync(at(`${id}.sealed`)).mode & 0o777).toBe(0o600);
  expect(await sealedIn(`${id}.sealed`, pdf)).toMatchObject({ state: 'right' });
  expect(clear()).toEqual([]);
  expect(await formerIds(folder)).toEqual([]);
  expect(await sealFormer(folder, id, sha256, undefined)).toBeUndefined();
});

it('sets a file aside, sealed, that does not have its hash, and seals what was set aside before', async () => {
  const old = Buffer.from('Camille, damaged long ago');
  writeFileSync(at(`${id}.damaged`), old);
  expect(await sealFormer(folder, id, sha256, undefined)).toBeUndefined();
  expect(await sealedIn(`${id}.damaged.sealed`, old)).toMatchObject({ state: 'right' });
  const altered = Buffer.concat([pdf, Buffer.from(' ')]);
  writeFileSync(at(`${id}.pdf`), altered);
  expect(await sealFormer(folder, id, sha256, undefined)).toBe('altered');
  expect(readdirSync(folder.path)).toEqual([`${id}.damaged.sealed`]);
  expect(await sealedIn(`${id}.damaged.sealed`, altered)).toMatchObject({ state: 'right' });
});

it('keeps a file of which nothing is known', async () => {
  writeFileSync(at(`${id}.pdf`), pdf);
  expect(await sealFormer(folder, id, undefined, undefined)).toBeUndefined();
  expect(await sealedIn(`${id}.sealed`, pdf)).toMatchObject({ state: 'right' });
});

it('has the whole file under one of its names wherever it is stopped, and ends the same when it is done again', async () => {
  const steps: string[] = [];
  writeFileSync(at(`${id}.pdf`), pdf);
  await sealFormer(folder, id, sha256, (step) => steps.push(step));
  expect(steps).toHaveLength(3);
  for (const stop of steps) {
    rmSync(at(`${id}.sealed`), { force: true });
    writeFileSync(at(`${id}.pdf`), pdf);
    await expect(
      sealFormer(folder, id, sha256, (step) => {
        if (step === stop) throw new Error('stopped');
      }),
    ).rejects.toThrow('stopped');
    const plain = existsSync(at(`${id}.pdf`)) && readFileSync(at(`${id}.pdf`)).equals(pdf);
    expect(plain || (await sealedIn(`${id}.sealed`, pdf)).state === 'right', stop).toBe(true);
    await sealFormer(folder, id, sha256, undefined);
    expect(readdirSync(folder.path), stop).toEqual([`${id}.sealed`]);
    expect(await sealedIn(`${id}.sealed`, pdf)).toMatchObject({ state: 'right' });
  }
});

it('writes over a sealed copy that was torn before it had its name', async () => {
  writeFileSync(at(`${id}.pdf`), pdf);
  writeFileSync(at(`${id}.sealed.new`), randomBytes(5000));
  await sealFormer(folder, id, sha256, undefined);
  expect(readdirSync(folder.path)).toEqual([`${id}.sealed`]);
  expect(await sealedIn(`${id}.sealed`, pdf)).toMatchObject({ state: 'right' });
});

it('deletes what was arriving in clear, and nothing that is sealed', async () => {
  const names = [`${id}.sealed`, `${id}.sealed.part`, `${id}.damaged.sealed`];
  for (const name of [...names, `${id}.${sha256}.part`]) writeFileSync(at(name), pdf);
  await dropFormerParts(folder);
  expect(readdirSync(folder.path).sort()).toEqual(names.sort());
  expect(await formerIds(folder)).toEqual([]);
});
