import type { Prng } from './prng.ts';

const FIRST_NAMES = [
  'Marie',
  'Nathalie',
  'Isabelle',
  'Sylvie',
  'Catherine',
  'Aurélie',
  'Céline',
  'Émilie',
  'Laëtitia',
  'Chloé',
  'Inès',
  'Fatima',
  'Jean',
  'Philippe',
  'Michel',
  'Alain',
  'Nicolas',
  'Christophe',
  'Frédéric',
  'Stéphane',
  'Sébastien',
  'Julien',
  'Mehdi',
  'Hugo',
  'Jérôme',
  'François',
  'Loïc',
  'Raphaël',
  'Théo',
  'Karim',
  'Manon',
  'Zoé',
  'Anaïs',
  'Élodie',
  'Benoît',
  'Gaël',
] as const;

const LAST_NAMES = [
  'Martin',
  'Bernard',
  'Petit',
  'Durand',
  'Leroy',
  'Moreau',
  'Lefèvre',
  'Garcia',
  'Roux',
  'Fontaine',
  'Chevalier',
  'François',
  'Mercier',
  'Guérin',
  'Boyer',
  'Lemaître',
  'Perrin',
  'Renaud',
  'Barbier',
  'Benali',
  'Da Silva',
  "N'Diaye",
  'Nguyen',
  'Le Goff',
  'Béranger',
  'Charpentier',
  'Delaunay',
  'Haddad',
  'Jacquet',
  'Kowalski',
  'Maillard',
  'Pélissier',
  'Vasseur',
  'Weber',
  'Ozanne',
] as const;

const FIRMS = [
  'SCI des Tilleuls',
  'Ambulances du Rhône',
  'Boulangerie Chapuis',
  'Plomberie Vernay',
  'Mairie de Bron',
  'Taxi Gerland',
] as const;

const NOTES = [
  'Prévenir par SMS quand le véhicule est prêt.',
  'Antivol de roue dans la boîte à gants.',
  'Préfère les pièces d’origine ou équivalent premium.',
  'Fuite légère au carter, à surveiller à la prochaine vidange.',
  'Véhicule de société, devis à valider avant travaux.',
  'Passage au contrôle technique prévu au printemps.',
  'Pneus hiver stockés au garage, rayonnage B3.',
  'Bruit de roulement arrière droit signalé.',
] as const;

/** A customer of the garage: mostly persons, sometimes a firm. */
export function customerName(rng: Prng): string {
  return rng.chance(0.15) ? rng.pick(FIRMS) : `${rng.pick(FIRST_NAMES)} ${rng.pick(LAST_NAMES)}`;
}

export function vehicleNote(rng: Prng): string {
  return rng.pick(NOTES);
}
