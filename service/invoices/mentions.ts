import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order, Payment } from '#shared/domain/order.ts';
import type { AccountKind } from '#shared/domain/profile.ts';
import type { Seller } from './sellers.ts';
import { euros, METHODS, parisDate, shortDate, siren, wholeEuros } from './words.ts';

/**
 * What the law wants said, besides the figures: art. 242 nonies A ann. II CGI (kind of operation, VAT on debits), L441-9 and
 * D441-5 code de commerce between businesses, L217-3 and L616-1 code de la consommation for consumers.
 */
export function mentionsOf(invoice: Invoice, seller: Seller, buyer: AccountKind): string[] {
  const mentions = ['Nature de l’opération : livraison de biens.'];
  if (seller.vatOnDebits) mentions.push('Option pour le paiement de la taxe d’après les débits.');
  if (invoice.kind === 'credit_note') {
    if (buyer === 'garage')
      mentions.push('TVA déduite à rectifier à hauteur du montant porté sur cet avoir (art. 272 CGI).');
    return mentions;
  }
  return buyer === 'garage'
    ? [
        ...mentions,
        'Conditions de règlement : paiement comptant à la commande. Escompte pour paiement anticipé : néant.',
        'Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel (art. L441-10 du code de commerce).',
        'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 € (art. D441-5 du code de commerce).',
      ]
    : [
        ...mentions,
        'Garantie légale de conformité : deux ans à compter de la délivrance du bien (art. L217-3 et suivants du code de la consommation) ; garantie des vices cachés : art. 1641 et suivants du code civil.',
        `En cas de litige : ${seller.mediator}`,
      ];
}

/** How it was paid or paid back, as known on the day of issue: an invoice does not change afterwards. */
export function paymentOf(invoice: Invoice, order: Order): string[] {
  const known = order.payments.filter(
    (payment) => payment.state === 'done' && parisDate(payment.at) <= invoice.issuedOn,
  );
  if (invoice.kind === 'credit_note') {
    const refund = known.findLast(
      (payment) => payment.kind === 'refund' && payment.amount === -invoice.inclVat,
    );
    return refund
      ? [
          `Remboursé le ${shortDate(parisDate(refund.at))} ${METHODS[refund.method]} : ${euros(refund.amount)}`,
        ]
      : ['Montant à vous rembourser par le moyen de paiement de la commande.'];
  }
  const payment = known.find((candidate) => candidate.kind === 'payment');
  if (!payment) return [`Net à payer, à réception : ${euros(invoice.inclVat)}`];
  return [
    `Réglé le ${shortDate(parisDate(payment.at))} ${METHODS[payment.method]}`,
    ...instalmentLines(payment),
    `Net à payer : ${euros(0)}`,
  ];
}

function instalmentLines(payment: Payment): string[] {
  const parts = payment.instalments;
  if (!parts || parts.length === 0) return [];
  return [
    `Commande de ${euros(payment.amount)} payée en ${parts.length} fois sans frais (TAEG 0 %) :`,
    ...parts.map((part) => `${shortDate(part.dueOn)} : ${euros(part.amount)}`),
  ];
}

/** Who issues it: legal form, capital, seat and registrations (R123-237 and R123-238 code de commerce). */
export function sellerLines(seller: Seller): string[] {
  const { address } = seller;
  return [
    `${seller.name}, ${seller.legalForm} au capital de ${wholeEuros(seller.capital)} – ${address.lines.join(', ')}, ${address.postalCode} ${address.city}`,
    `SIREN ${siren(seller.siren)} – RCS ${seller.rcs} ${siren(seller.siren)} – TVA intracommunautaire ${seller.vatNumber} – ${seller.email}`,
    'Document de démonstration : sociétés, opérations et montants fictifs.',
  ];
}
