import type { Uuid } from '#shared/domain/ids.ts';
import type { AccountKind } from '#shared/domain/profile.ts';
import { Prng } from './prng.ts';

const NOTES: Readonly<Record<AccountKind, { share: number; texts: readonly string[] }>> = {
  private: {
    share: 0.12,
    texts: [
      'Montage prévu ce week-end.',
      'Garder la facture pour la garantie.',
      'Acheté en prévision du contrôle technique.',
      'Comparer avec le devis du garage avant de monter.',
    ],
  },
  garage: {
    share: 0.03,
    texts: [
      'Monté le jour même, client rappelé.',
      'Facture à joindre au dossier de l’assurance.',
      'Pièces rangées étagère B2 en attendant le véhicule.',
      'Commande groupée avec l’atelier carrosserie.',
      'Client prévenu du délai par téléphone.',
    ],
  },
};

/** What the customer wrote on an order for themselves; most orders have nothing. */
export function orderNote(kind: AccountKind, seed: string, orderId: Uuid): string | undefined {
  const rng = new Prng(`${seed}/note/${orderId}`);
  const { share, texts } = NOTES[kind];
  return rng.chance(share) ? rng.pick(texts) : undefined;
}
