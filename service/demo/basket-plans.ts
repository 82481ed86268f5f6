import type { AccountKind } from '#shared/domain/profile.ts';

/** The parts of a job in a basket. */
export interface PlannedJob {
  job: string;
  /** With all that may be bought with it. */
  complete?: boolean;
  /** For another vehicle than the basket: which of the account's. */
  vehicle?: number;
  /** For an engine without a vehicle, in a template. */
  model?: readonly [model: string, engine: string];
  times?: number;
}

export interface BasketPlan {
  /** `%plate%` becomes that of its vehicle. */
  name: string;
  notes?: string;
  /** Which of the account's vehicles it is for. */
  vehicle?: number;
  isTemplate?: boolean;
  deleted?: boolean;
  /** Days ago. */
  made: number;
  changed: number;
  jobs: readonly PlannedJob[];
}

export const BASKET_PLANS: Readonly<Record<AccountKind, readonly BasketPlan[]>> = {
  private: [
    {
      name: 'Clio avant l’hiver',
      notes: 'Batterie faible au démarrage à froid.\nVoir avec Paul s’il peut prêter le chargeur.',
      vehicle: 0,
      made: 6,
      changed: 1,
      jobs: [{ job: 'wipers' }, { job: 'battery' }, { job: 'lighting' }],
    },
    {
      name: 'Freins arrière 208',
      vehicle: 1,
      made: 41,
      changed: 39,
      jobs: [{ job: 'rear brakes', complete: true }],
    },
    {
      name: 'Révision Clio IV',
      notes: 'Tous les 20 000 km ou une fois par an.',
      vehicle: 0,
      isTemplate: true,
      made: 398,
      changed: 214,
      jobs: [{ job: 'full service diesel', complete: true }],
    },
  ],
  garage: [
    {
      name: 'Commande de la semaine',
      notes: 'À valider avant vendredi 15 h.',
      made: 3,
      changed: 0,
      jobs: [
        { job: 'front brakes', vehicle: 2 },
        { job: 'oil service', complete: true, vehicle: 5 },
        { job: 'wheel bearing', vehicle: 9 },
        { job: 'small stock', times: 4 },
      ],
    },
    {
      name: 'Distribution %plate%',
      notes: 'Devis accepté par téléphone. Pompe à eau comprise, contrôler le galet enrouleur au démontage.',
      vehicle: 1,
      made: 8,
      changed: 2,
      jobs: [{ job: 'timing belt', complete: true }],
    },
    {
      name: 'Embrayage %plate%',
      notes: 'Prévoir le pont du fond une journée. Volant moteur à contrôler avant de commander.',
      vehicle: 7,
      made: 20,
      changed: 12,
      jobs: [{ job: 'clutch', complete: true }],
    },
    {
      name: 'Révision Clio IV 1.5 dCi',
      isTemplate: true,
      made: 620,
      changed: 96,
      jobs: [{ job: 'full service diesel', complete: true, model: ['Clio IV', '1.5 dCi 90'] }],
    },
    {
      name: 'Révision 208 PureTech',
      isTemplate: true,
      made: 611,
      changed: 180,
      jobs: [{ job: 'full service petrol', complete: true, model: ['208', '1.2 PureTech 82'] }],
    },
    {
      name: 'Réassort atelier',
      notes: 'Premier lundi du mois. Fût d’huile seulement si le précédent est entamé.',
      isTemplate: true,
      made: 540,
      changed: 25,
      jobs: [
        { job: 'oil stock', complete: true },
        { job: 'fluids stock', complete: true, times: 6 },
        { job: 'small stock', complete: true, times: 10 },
      ],
    },
    {
      name: 'Choc avant %plate%',
      notes: 'En attente de l’accord de l’expert. Ne pas commander avant.',
      vehicle: 12,
      made: 16,
      changed: 15,
      jobs: [{ job: 'front collision', complete: true }],
    },
    {
      name: 'Climatisation %plate%',
      notes: 'Devis sans suite.',
      vehicle: 20,
      deleted: true,
      made: 70,
      changed: 9,
      jobs: [{ job: 'air conditioning' }],
    },
  ],
};
