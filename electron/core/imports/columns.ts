import { fold } from '#shared/domain/fold.ts';
import type { ImportColumn, ImportPreview } from '#shared/ipc/vehicles.ts';

/** Headers as garage programs and spreadsheets write them, French and English, folded and with nothing but letters and digits. */
const NAMES: Record<ImportColumn, readonly string[]> = {
  plate: ['immatriculation', 'immat', 'noimmatriculation', 'numeroimmatriculation', 'numerodimmatriculation', 'nimmatriculation', 'ndimmatriculation', 'noimmat', 'nimmat', 'plaque', 'plaquedimmatriculation', 'plaqueimmatriculation', 'plate', 'licenceplate', 'licenseplate', 'numberplate', 'platenumber', 'registration', 'registrationnumber', 'registrationplate', 'registrationno', 'regno'],
  vin: ['vin', 'novin', 'nvin', 'numerovin', 'codevin', 'numserie', 'noserie', 'nserie', 'ndeserie', 'nodeserie', 'numerodeserie', 'numeroserie', 'chassis', 'nochassis', 'nchassis', 'ndechassis', 'nodechassis', 'numerodechassis', 'numerochassis', 'vinnumber', 'chassisnumber', 'chassisno', 'serialnumber', 'vehicleidentificationnumber'],
  make: ['marque', 'constructeur', 'make', 'brand', 'manufacturer', 'marquevehicule', 'marqueduvehicule', 'd1'],
  model: ['modele', 'modelevehicule', 'modeleduvehicule', 'denomination', 'denominationcommerciale', 'model', 'd3'],
  engine: ['motorisation', 'moteur', 'version', 'typemoteur', 'motorisationversion', 'engine', 'enginetype', 'trim'],
  firstRegistration: ['miseencirculation', 'datemiseencirculation', 'datedemiseencirculation', 'datede1eremiseencirculation', 'datede1remiseencirculation', 'datede1eremec', 'date1eremec', 'date1eremiseencirculation', 'date1remiseencirculation', 'datedepremieremiseencirculation', 'datepremieremiseencirculation', 'premieremiseencirculation', '1eremiseencirculation', '1remiseencirculation', 'mec', 'datemec', 'dmec', '1eremec', 'dpmec', 'premiereimmatriculation', '1reimmatriculation', '1ereimmatriculation', 'datepremiereimmatriculation', 'datedepremiereimmatriculation', 'date1ereimmatriculation', 'date1reimmatriculation', 'firstregistration', 'firstregistered', 'firstregistrationdate', 'dateoffirstregistration'],
  mileage: ['kilometrage', 'km', 'kms', 'kilometres', 'compteur', 'kilometragecompteur', 'dernierkilometrage', 'kilometrageactuel', 'kilometragekm', 'mileage', 'odometer', 'odometerkm', 'mileagekm', 'kilometers', 'lastmileage'],
  mileageOn: ['datekilometrage', 'datedukilometrage', 'kilometragele', 'datekm', 'daterelevekm', 'datereleve', 'datedureleve', 'datedurelevekm', 'datecompteur', 'relevele', 'mileagedate', 'mileageon', 'odometerdate', 'readingdate', 'readon'],
  customerName: ['client', 'nomclient', 'nomduclient', 'proprietaire', 'titulaire', 'conducteur', 'nom', 'customer', 'customername', 'owner', 'ownername', 'clientname', 'driver'],
  notes: ['notes', 'note', 'remarque', 'remarques', 'commentaire', 'commentaires', 'observation', 'observations', 'comment', 'comments', 'remarks'],
}; // prettier-ignore

const byName = new Map<string, ImportColumn>(
  (Object.keys(NAMES) as ImportColumn[]).flatMap((column) => NAMES[column].map((name) => [name, column])),
);

const nameOf = (header: string): string => fold(header).replace(/[^a-z0-9]+/g, '');

/** A header by itself, or by one of the words that a slash or brackets set apart: "N° de série / VIN", "Kilométrage (km)". */
function columnOf(header: string): ImportColumn | undefined {
  const whole = byName.get(nameOf(header));
  if (whole) return whole;
  for (const piece of header.split(/[/()[\]|]/)) {
    const found = byName.get(nameOf(piece));
    if (found) return found;
  }
  return undefined;
}

const MOST_HEADER = 200;

/** What each header stands for; of two that stand for the same, the first counts. */
export function columnsOf(headers: readonly string[]): ImportPreview['columns'] {
  const taken = new Set<ImportColumn>();
  return headers.map((text) => {
    const header = text.trim().slice(0, MOST_HEADER);
    const column = columnOf(header);
    if (column === undefined || taken.has(column)) return { header };
    taken.add(column);
    return { header, column };
  });
}

/** Without a plate or a VIN no row says which vehicle it is about. */
export function missingColumns(columns: ImportPreview['columns']): ImportColumn[] {
  return columns.some(({ column }) => column === 'plate' || column === 'vin') ? [] : ['plate'];
}
