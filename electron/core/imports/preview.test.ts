import { describe, expect, it } from 'vitest';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { ImportRow } from '#shared/ipc/vehicles.ts';
import { Slices } from '../db/slices.ts';
import { UnreadableFile } from './file-error.ts';
import { KnownVehicles } from './known-vehicles.ts';
import { previewOf, type Preview } from './preview.ts';

const today = '2026-11-22';
const VIN = 'VF1RFB00566123456';
const clio: Vehicle = {
  plate: 'AB-123-CD',
  vin: VIN,
  make: 'Renault',
  model: 'Clio IV',
  engine: '1.5 dCi 90',
  mileages: [
    { on: '2026-01-10', kilometres: 80_000 },
    { on: '2026-06-01', kilometres: 90_000 },
  ],
  customerName: 'Mme Lefèvre',
};

function known(...vehicles: Vehicle[]): KnownVehicles {
  const byId = new Map(vehicles.map((value, index) => [`v${index}`, { id: `v${index}`, value }]));
  const all = new KnownVehicles((id) => byId.get(id));
  for (const [id, { value }] of byId)
    all.add(id, { plate: value.plate, vin: value.vin, retired: value.retiredOn !== undefined });
  return all;
}

function preview(file: string | Buffer, ...vehicles: Vehicle[]): Promise<Preview> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return previewOf(bytes, known(...vehicles), today, new Slices());
}

async function rows(file: string | Buffer, ...vehicles: Vehicle[]): Promise<ImportRow[]> {
  return (await preview(file, ...vehicles)).rows.map(({ shown }) => shown);
}

const HEADER = 'Immatriculation;VIN;Marque;Modèle;Motorisation;Kilométrage;Date du relevé;Client';

describe('what a file is', () => {
  const text = 'Plaque;Marque;Modèle;Client\nAB123CD;Citroën;C3;Zoé Œuvrard\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const windows = Buffer.concat([
    Buffer.from('Plaque;Marque;Mod\u00e8le;Client\nAB123CD;Citro\u00ebn;C3;Zo\u00e9 ', 'latin1'),
    Buffer.from([0x8c]),
    Buffer.from('uvrard\n', 'latin1'),
  ]);

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16', utf16],
    ['utf-16', Buffer.from(utf16).swap16()],
    ['windows-1252', windows],
  ] as const)('reads %s', async (encoding, bytes) => {
    const read = await preview(bytes);
    expect(read.encoding).toBe(encoding);
    expect(read.columns.map(({ column }) => column)).toEqual(['plate', 'make', 'model', 'customerName']);
    expect(read.rows[0]?.wanted).toEqual({
      plate: 'AB-123-CD',
      make: 'Citroën',
      model: 'C3',
      customerName: 'Zoé Œuvrard',
    });
  });

  it('keeps characters whole that a piece of the file cuts in two', async () => {
    const accents = 'é'.repeat(100);
    const lines = Array.from({ length: 900 }, (_, n) => `AB-${n}-CD;${'a'.repeat(n % 7)}R;M;${accents}`);
    const read = await rows(`Plaque;Marque;Modèle;Notes\n${lines.join('\n')}`);
    expect(read).toHaveLength(900);
    expect(new Set(read.map(({ changes }) => changes.at(-1)?.after))).toEqual(new Set([accents]));
  });

  it.each([
    [';', 'Plaque;Marque, pays;Modèle\n'],
    [',', 'Plate,"Make; country",Model\n'],
    ['tab', 'Plaque\tMarque\tModèle\n'],
    [';', 'Plaque\n'],
    [',', 'sep=,\nPlate,Make,Model\n'],
  ] as const)('finds that %j separates', async (separator, text) => {
    expect((await preview(text)).separator).toBe(separator);
  });

  it('takes quotes, line breaks in them, any line end, and blank lines', async () => {
    const read = await preview(
      'Plaque;Marque;Modèle;Notes\r\nAA-001-AA;"Al""fa";"M;2";"un\r\ndeux"\r\n\r\n;;;\r\nAA-002-AA;B;C "RS";d',
    );
    expect(read.rows.map(({ shown }) => shown.line)).toEqual([2, 6]);
    expect(read.rows[0]?.wanted).toMatchObject({ make: 'Al"fa', model: 'M;2', notes: 'un\ndeux' });
    expect(read.rows[1]?.wanted.model).toBe('C "RS"');
  });

  it.each([
    ['Immatriculation', 'plate'],
    ['N° d’immatriculation', 'plate'],
    ['PLAQUE', 'plate'],
    ['Registration number', 'plate'],
    ['N° de série / VIN', 'vin'],
    ['Châssis', 'vin'],
    ['E (VIN)', 'vin'],
    ['Constructeur', 'make'],
    ['Modèle', 'model'],
    ['Motorisation', 'engine'],
    ['1re immatriculation', 'firstRegistration'],
    ['Date de 1ère mise en circulation', 'firstRegistration'],
    ['Mise en circulation', 'firstRegistration'],
    ['Kilométrage (km)', 'mileage'],
    ['Date du relevé', 'mileageOn'],
    ['Nom du client', 'customerName'],
    ['Observations', 'notes'],
    ['Couleur', undefined],
  ])('understands the header %j', async (header, column) => {
    expect((await preview(`${header}\n`)).columns).toEqual([{ header, ...(column && { column }) }]);
  });

  it('reads nothing when no column says which vehicle a row is about', async () => {
    expect(await preview('Marque;Modèle\nRenault;Clio\n')).toMatchObject({
      missing: ['plate'],
      rows: [],
      columns: [{ column: 'make' }, { column: 'model' }],
    });
  });

  it('has no rows when there is only a header', async () => {
    expect(await preview(HEADER)).toMatchObject({ missing: [], rows: [], counts: { add: 0 } });
  });

  it.each([
    ['', 'empty', 'empty'],
    ['\n\n', 'empty', 'empty'],
    [Buffer.from([0xef, 0xbb, 0xbf]), 'empty', 'empty'],
    [Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'not text', 'not_text'],
    [Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'), 'a workbook', 'workbook'],
    [Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'a workbook', 'workbook'],
    [Buffer.from('Plaque;Marque\nAB\x00123;x', 'latin1'), 'not text', 'not_text'],
    [Buffer.from([0xff, 0xfe, 0x41]), 'not text', 'not_text'],
    [Buffer.from([0xef, 0xbb, 0xbf, 0xe9, 0x3b]), 'not text', 'not_text'],
    ['Plaque;Marque;Modèle\nAA;"jamais fermé;B\nCC;D;E\n', 'a quote is not closed', 'unclosed_quote'],
    [`Plaque${';'.repeat(500)}`, 'more than 500 columns', 'too_large'],
  ])('refuses %j', async (file, message, reason) => {
    await expect(preview(file)).rejects.toThrow(UnreadableFile);
    await expect(preview(file)).rejects.toThrow(message);
    await expect(preview(file)).rejects.toMatchObject({ reason });
  });
});

describe('what a row would do', () => {
  it('adds what is not known, and says what is missing for that', async () => {
    const [added, incomplete, nameless] = await rows(
      `${HEADER}\nee-456-ff;;Peugeot;208;;12 000 km;;\nGG-789-HH;;Peugeot;;;;;\n;;Peugeot;208;;;;`,
    );
    expect(added).toEqual({
      line: 2,
      verdict: 'add',
      plate: 'EE-456-FF',
      label: 'Peugeot 208',
      changes: [
        { column: 'plate', after: 'EE-456-FF' },
        { column: 'make', after: 'Peugeot' },
        { column: 'model', after: '208' },
        { column: 'mileage', after: '12000' },
        { column: 'mileageOn', after: today },
      ],
      problems: [],
    });
    expect(incomplete).toMatchObject({
      verdict: 'invalid',
      problems: [{ column: 'model', kind: 'missing' }],
    });
    expect(nameless).toMatchObject({ verdict: 'invalid', problems: [{ column: 'plate', kind: 'missing' }] });
  });

  it('changes what differs, and takes nothing away for an empty cell', async () => {
    expect(await rows(`${HEADER}\nab 123 cd;;;CLIO 4;;;;\n`, clio)).toEqual([
      {
        line: 2,
        verdict: 'change',
        plate: 'AB-123-CD',
        label: 'Renault CLIO 4',
        changes: [{ column: 'model', before: 'Clio IV', after: 'CLIO 4' }],
        problems: [],
      },
    ]);
  });

  it('knows a vehicle by its VIN before its plate, and sees a new plate', async () => {
    const other = { ...clio, plate: 'ZZ-999-ZZ', vin: 'VF1RFB00566999999', model: 'Zoé' };
    const [row] = await rows(`Plaque;VIN\nZZ-999-ZZ;${VIN.toLowerCase()}\n`, other, clio);
    expect(row).toMatchObject({
      verdict: 'change',
      label: 'Renault Clio IV',
      changes: [{ column: 'plate', before: 'AB-123-CD', after: 'ZZ-999-ZZ' }],
    });
  });

  it('finds the vehicle in use where a retired one had the same plate', async () => {
    const retired = { ...clio, vin: undefined, model: 'Ancienne', retiredOn: '2025-01-01' };
    for (const vehicles of [
      [retired, clio],
      [clio, retired],
    ])
      // prettier-ignore
      expect(await rows('Plaque;Modèle\nAB-123-CD;Clio IV\n', ...vehicles)).toMatchObject([
        { verdict: 'same' },
      ]);
  });

  it('leaves retired vehicles as they are', async () => {
    const retired = { ...clio, retiredOn: '2025-01-01' };
    expect(await rows(`${HEADER}\nAB-123-CD;;;;;;;\nAB-123-CD;;;;;;;Autre\n`, retired)).toMatchObject([
      { verdict: 'same' },
      { verdict: 'invalid' },
    ]);
    expect(await rows(`${HEADER}\nAB-123-CD;;;;;;;Autre\n`, retired)).toMatchObject([
      { verdict: 'invalid', problems: [{ kind: 'retired' }] },
    ]);
  });

  it.each([
    ['90 000', '', 'same'],
    ['91 000', '', 'change'],
    ['89 000', '', 'invalid'],
    ['80 000', '10/01/2026', 'same'],
    ['79 000', '10/01/2026', 'same'],
    ['81 000', '10/01/2026', 'change'],
    ['85 000', '01/03/2026', 'change'],
    ['', '01/03/2026', 'same'],
  ])('with %j km of %j is %s', async (kilometres, on, verdict) => {
    expect(await rows(`${HEADER}\nAB-123-CD;;;;;${kilometres};${on};\n`, clio)).toMatchObject([{ verdict }]);
  });

  it('tells every cell that cannot be read, with what it holds', async () => {
    const [row] = await rows(
      `${HEADER};Notes\n---;VF1;${'m'.repeat(61)};C\u0007;x;beaucoup;31/02/2026;${'c'.repeat(10_000)};ok\n`,
    );
    expect(row).toMatchObject({ verdict: 'invalid', changes: [] });
    expect(row?.problems).toEqual([
      { column: 'plate', kind: 'invalid_plate', value: '---' },
      { column: 'vin', kind: 'invalid_vin', value: 'VF1' },
      { column: 'make', kind: 'too_long', value: 'm'.repeat(61) },
      { column: 'model', kind: 'characters', value: 'C\u0007' },
      { column: 'mileage', kind: 'invalid_mileage', value: 'beaucoup' },
      { column: 'mileageOn', kind: 'invalid_date', value: '31/02/2026' },
      { column: 'customerName', kind: 'too_long', value: 'c'.repeat(200) },
    ]);
  });

  it('refuses a second row about one vehicle, by whatever name', async () => {
    const file = `${HEADER}\nAB-123-CD;;;;;;;\nAB123CD;;;;;;;\n;${VIN};;;;;;\nXX-111-XX;;A;B;;;;\nxx 111 xx;;A;B;;;;\n`;
    expect((await rows(file, clio)).map(({ verdict, problems }) => problems[0]?.kind ?? verdict)).toEqual([
      'same',
      'twice_in_file',
      'twice_in_file',
      'add',
      'twice_in_file',
    ]);
  });

  it('trusts no cell of a row that has more of them than the header, and reads a row that has fewer', async () => {
    expect(
      await rows(
        'Plaque;Marque;Modèle;Client\nAA-001-AA;A;B;Martin; Fils\nAA-002-AA;A;B\nAA-003-AA;A;B;C;;\n',
      ),
    ).toMatchObject([
      { verdict: 'invalid', problems: [{ kind: 'too_many_cells', value: ' Fils' }] },
      { verdict: 'add' },
      { verdict: 'add' },
    ]);
  });
});
