/** A fleet of so many vehicles as a garage's program writes it, all of them unknown and all with what a card says of them. */
export function fleetCsv(vehicles: number): string {
  const header =
    'Immatriculation;VIN;Marque;Modèle;Motorisation;Mise en circulation;Kilométrage;Date du relevé;Client;Notes';
  const rows = Array.from({ length: vehicles }, (_, index) =>
    [
      plateOf(index),
      `VF1${String(index).padStart(14, '0')}`,
      ['Renault', 'Peugeot', 'Citroën', 'Dacia'][index % 4],
      ['Clio IV', '308', 'Berlingo', 'Duster'][index % 4],
      '1.5 dCi 90',
      `0${1 + (index % 9)}/0${1 + (index % 8)}/20${10 + (index % 14)}`,
      String(20_000 + (index % 180_000)),
      `1${index % 9}/0${1 + (index % 5)}/2026`,
      `Client n° ${index}`,
      index % 3 === 0 ? `Distribution faite, voir dossier ${index}` : '',
    ].join(';'),
  );
  return `${header}\n${rows.join('\n')}\n`;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTVWXYZ';

/** AA-001-AA and so on, each once. */
function plateOf(index: number): string {
  const letters = Math.floor(index / 999);
  const at = (place: number): string => LETTERS[Math.floor(letters / 23 ** place) % 23] as string;
  return `${at(0)}${at(1)}-${String(1 + (index % 999)).padStart(3, '0')}-${at(2)}${at(3)}`;
}
