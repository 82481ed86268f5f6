import type { Instant } from '#shared/domain/time.ts';
import { platformName, type Letters } from './letter.ts';

// The shop is French; whoever reads elsewhere is told whose clock it is.
const moments = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});
const days = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });
const moment = (at: Instant) => `${moments.format(new Date(at))} (heure de Paris)`;
const day = (at: Instant) => days.format(new Date(at));
const hours = (count: number) => `${count} heure${count > 1 ? 's' : ''}`;
const minutes = (count: number) => `${count} minute${count > 1 ? 's' : ''}`;

const HELLO = 'Bonjour,';
const CODE = 'Ou saisissez ce code dans l’application :';

export const fr: Letters = {
  activation: ({ firstName, link, code, hours: count }) => ({
    subject: 'Activez votre compte',
    greeting: `Bonjour ${firstName},`,
    paragraphs: ['Votre compte est presque prêt. Il reste à confirmer que cette adresse est bien la vôtre.'],
    action: { label: 'Activer mon compte', link },
    code: { label: CODE, code },
    closing: [
      `Le lien et le code sont valables ${hours(count)}.`,
      'Vous n’avez pas demandé de compte ? Ne faites rien : il ne sera pas ouvert.',
    ],
  }),
  already_customer: ({ resetLink, code, minutes: count }) => ({
    subject: 'Vous avez déjà un compte',
    greeting: HELLO,
    paragraphs: [
      'Quelqu’un, sans doute vous, a voulu ouvrir un compte avec cette adresse. Elle en a déjà un : connectez-vous comme d’habitude.',
      'Mot de passe oublié ? Choisissez-en un nouveau.',
    ],
    action: { label: 'Choisir un nouveau mot de passe', link: resetLink },
    code: { label: CODE, code },
    closing: [
      `Le lien et le code sont valables ${minutes(count)}.`,
      'Si ce n’est pas vous, ne faites rien : rien n’a changé.',
    ],
  }),
  password_reset: ({ link, code, minutes: count }) => ({
    subject: 'Choisissez un nouveau mot de passe',
    greeting: HELLO,
    paragraphs: ['Vous avez demandé à choisir un nouveau mot de passe.'],
    action: { label: 'Choisir un nouveau mot de passe', link },
    code: { label: CODE, code },
    closing: [
      `Le lien et le code sont valables ${minutes(count)} et ne servent qu’une fois. Vos appareils seront déconnectés.`,
      'Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.',
    ],
  }),
  password_changed: ({ at, deviceName, resetLink }) => ({
    subject: 'Votre mot de passe a été changé',
    greeting: HELLO,
    paragraphs: ['Le mot de passe de votre compte vient d’être changé.'],
    facts: [
      { label: 'Quand', value: moment(at) },
      ...(deviceName === undefined ? [] : [{ label: 'Appareil', value: deviceName }]),
    ],
    action: { label: 'Ce n’est pas moi', link: resetLink },
    closing: ['Si c’est vous, tout va bien.', 'Sinon, choisissez tout de suite un nouveau mot de passe.'],
  }),
  new_device: ({ at, deviceName, platform }) => ({
    subject: 'Connexion depuis un nouvel appareil',
    greeting: HELLO,
    paragraphs: ['Votre compte vient d’être ouvert sur un appareil que nous ne connaissions pas.'],
    facts: [
      { label: 'Quand', value: moment(at) },
      { label: 'Appareil', value: `${deviceName} (${platformName(platform)})` },
    ],
    closing: [
      'Si c’est vous, tout va bien.',
      'Sinon, ouvrez l’application, déconnectez cet appareil (Compte, Sécurité) et changez votre mot de passe.',
    ],
  }),
  suspicious_sign_in: ({ at, deviceName }) => ({
    subject: 'Une connexion inhabituelle à votre compte',
    greeting: HELLO,
    paragraphs: ['Une connexion à votre compte ne ressemble pas à vos habitudes.'],
    facts: [
      { label: 'Quand', value: moment(at) },
      { label: 'Appareil', value: deviceName },
    ],
    closing: [
      'L’application vous demandera si c’était vous. Si c’est le cas, répondez oui.',
      'Sinon, répondez non : l’appareil sera déconnecté, et vous choisirez un nouveau mot de passe.',
    ],
  }),
  email_change: ({ role, oldEmail, newEmail, link, hours: count }) => ({
    subject: role === 'new' ? 'Confirmez votre nouvelle adresse' : 'Confirmez le changement d’adresse',
    greeting: HELLO,
    paragraphs: [
      role === 'new'
        ? 'Cette adresse doit devenir celle de votre compte. Confirmez qu’elle est bien la vôtre.'
        : 'L’adresse de votre compte doit changer. Confirmez que vous l’avez demandé.',
    ],
    facts: [
      { label: 'Adresse actuelle', value: oldEmail },
      { label: 'Nouvelle adresse', value: newEmail },
    ],
    action: { label: 'Confirmer le changement', link },
    closing: [
      `Le lien est valable ${hours(count)}. Le changement se fait quand les deux adresses ont confirmé.`,
      role === 'new'
        ? 'Vous n’attendiez pas ce message ? Ne faites rien.'
        : 'Vous n’avez rien demandé ? Ne confirmez pas, et changez votre mot de passe dans l’application.',
    ],
  }),
  email_changed: ({ oldEmail, newEmail }) => ({
    subject: 'L’adresse de votre compte a changé',
    greeting: HELLO,
    paragraphs: ['Les deux adresses ont confirmé : connectez-vous désormais avec la nouvelle.'],
    facts: [
      { label: 'Ancienne adresse', value: oldEmail },
      { label: 'Nouvelle adresse', value: newEmail },
    ],
    closing: [
      'Si vous n’y êtes pour rien, écrivez tout de suite au service client (Aide, dans l’application).',
    ],
  }),
  deletion_requested: ({ deletedAt }) => ({
    subject: 'Votre compte va être supprimé',
    greeting: HELLO,
    paragraphs: [`Vous avez demandé la suppression de votre compte. Elle aura lieu le ${day(deletedAt)}.`],
    closing: [
      'Vous changez d’avis ? Jusque-là, annulez-la dans l’application (Compte, Vos données).',
      'Ce n’est pas vous ? Annulez-la et changez votre mot de passe.',
    ],
  }),
  deletion_cancelled: () => ({
    subject: 'Votre compte est conservé',
    greeting: HELLO,
    paragraphs: ['La suppression de votre compte est annulée. Rien n’a été supprimé.'],
    closing: ['Ce n’est pas vous ? Changez votre mot de passe dans l’application.'],
  }),
  account_deleted: () => ({
    subject: 'Votre compte a été supprimé',
    greeting: HELLO,
    paragraphs: [
      'Votre compte et vos données ont été supprimés.',
      'Nous gardons seulement les factures, dix ans, parce que la loi nous y oblige.',
    ],
    closing: ['C’est le dernier message à cette adresse.'],
  }),
};
