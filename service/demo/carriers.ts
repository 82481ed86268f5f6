import type { Prng } from './prng.ts';

export interface Carrier {
  name: string;
  weight: number;
  /** Pattern of its tracking numbers; see Prng.fill. */
  tracking: string;
  /** Where it shows a parcel, up to the tracking number. */
  url: string;
}

export const CARRIERS: readonly Carrier[] = [
  {
    name: 'Chronopost',
    weight: 4,
    tracking: 'XS#########JB',
    url: 'https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=',
  },
  {
    name: 'Colissimo',
    weight: 3,
    tracking: '6A###########',
    url: 'https://www.laposte.fr/outils/suivre-vos-envois?code=',
  },
  { name: 'DPD', weight: 3, tracking: '250#############', url: 'https://trace.dpd.fr/fr/trace/' },
  { name: 'GLS', weight: 3, tracking: '00@@######', url: 'https://gls-group.com/FR/fr/suivi-colis?match=' },
  {
    name: 'Mondial Relay',
    weight: 1,
    tracking: '3#######',
    url: 'https://www.mondialrelay.fr/suivi-de-colis?numeroExpedition=',
  },
  {
    name: 'TNT',
    weight: 1,
    tracking: '8###############',
    url: 'https://www.tnt.fr/public/suivi_colis/recherche/visubontransport.do?bonTransport=',
  },
];

export function pickCarrier(rng: Prng): { name: string; trackingNumber: string; trackingUrl: string } {
  const carrier = rng.weighted(CARRIERS);
  const trackingNumber = rng.fill(carrier.tracking);
  return { name: carrier.name, trackingNumber, trackingUrl: carrier.url + trackingNumber };
}
