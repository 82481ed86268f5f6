import type { InvoiceKind } from '#shared/domain/invoice.ts';
import type { OrderLine } from '#shared/domain/order.ts';
import type { OrderStatus } from '#shared/domain/order-status.ts';
import type { Language } from './csv.ts';

export const orderHeader: Record<Language, readonly string[]> = {
  fr: ['Numéro', 'Date', 'État', 'Article', 'Lignes', 'Immatriculation', 'Véhicule', 'Total HT', 'Total TTC', 'Devise', 'Consigne TTC', 'Consigne à rendre TTC'],
  en: ['Number', 'Date', 'Status', 'Item', 'Lines', 'Plate', 'Vehicle', 'Total excl. VAT', 'Total incl. VAT', 'Currency', 'Deposit incl. VAT', 'Deposit to return incl. VAT'],
}; // prettier-ignore

export const invoiceHeader: Record<Language, readonly string[]> = {
  fr: ['Numéro', 'Type', 'Date', 'Commande', 'Vendeur', 'Immatriculation', 'Véhicule', 'Total HT', 'TVA', 'Total TTC', 'Devise'],
  en: ['Number', 'Kind', 'Date', 'Order', 'Seller', 'Plate', 'Vehicle', 'Total excl. VAT', 'VAT', 'Total incl. VAT', 'Currency'],
}; // prettier-ignore

export const basketHeader: Record<Language, readonly string[]> = {
  fr: ['Référence', 'Marque', 'Désignation', 'Quantité', 'Immatriculation', 'Prix unitaire HT', 'TVA %', 'Total HT', 'Devise', 'Date du prix'],
  en: ['Reference', 'Brand', 'Name', 'Quantity', 'Plate', 'Unit price excl. VAT', 'VAT %', 'Total excl. VAT', 'Currency', 'Price date'],
}; // prettier-ignore

/** Before the others where the lines of several baskets stand in one table. */
export const basketColumn: Record<Language, string> = { fr: 'Panier', en: 'Basket' };

export const lineHeader: Record<Language, readonly string[]> = {
  fr: ['Commande', 'Date', 'Référence', 'Marque', 'Désignation', 'Catégorie', 'Vendeur', 'Origine', 'Quantité', 'Prix unitaire HT', 'Remise HT', 'TVA %', 'Consigne HT', 'Devise', 'Immatriculation'],
  en: ['Order', 'Date', 'Reference', 'Brand', 'Name', 'Category', 'Seller', 'Origin', 'Quantity', 'Unit price excl. VAT', 'Discount excl. VAT', 'VAT %', 'Deposit excl. VAT', 'Currency', 'Plate'],
}; // prettier-ignore

export const originWords: Record<Language, Record<OrderLine['origin'], string>> = {
  fr: { new: 'Neuf', exchange: 'Échange standard', reused: 'Réemploi' },
  en: { new: 'New', exchange: 'Exchange', reused: 'Reused' },
};

/** An import understands each of them but the last, which is for people. */
export const vehicleHeader: Record<Language, readonly string[]> = {
  fr: ['Immatriculation', 'VIN', 'Marque', 'Modèle', 'Motorisation', 'Première immatriculation', 'Kilométrage', 'Date du relevé', 'Client', 'Notes', 'Retiré le'],
  en: ['Plate', 'VIN', 'Make', 'Model', 'Engine', 'First registration', 'Mileage', 'Mileage date', 'Customer', 'Notes', 'Retired on'],
}; // prettier-ignore

export const statusWords: Record<Language, Record<OrderStatus, string>> = {
  fr: {
    placed: 'Enregistrée',
    payment_pending: 'En attente de paiement',
    paid: 'Payée',
    preparing: 'En préparation',
    partially_shipped: 'Expédiée en partie',
    shipped: 'Expédiée',
    delivered: 'Livrée',
    cancelled: 'Annulée',
    partially_refunded: 'Remboursée en partie',
    refunded: 'Remboursée',
  },
  en: {
    placed: 'Placed',
    payment_pending: 'Waiting for payment',
    paid: 'Paid',
    preparing: 'Being prepared',
    partially_shipped: 'Partly shipped',
    shipped: 'Shipped',
    delivered: 'Delivered',
    cancelled: 'Cancelled',
    partially_refunded: 'Partly refunded',
    refunded: 'Refunded',
  },
};

export const kindWords: Record<Language, Record<InvoiceKind, string>> = {
  fr: { invoice: 'Facture', credit_note: 'Avoir' },
  en: { invoice: 'Invoice', credit_note: 'Credit note' },
};
