import type { Words } from './words.ts';

// No-break spaces stand before high punctuation, as \u00a0.
export const fr: Words = {
  openApp: 'Ouvrir Oscaro Desktop',
  backToApp: 'Vous pouvez aussi fermer cette page et revenir simplement à l’application.',
  email: 'Adresse e-mail',
  sendMail: 'Recevoir un e-mail',
  mailSent: {
    title: 'Regardez vos e-mails',
    text: 'Si cette adresse nous est connue, un message vient de partir. Il peut mettre quelques minutes à arriver\u00a0; regardez aussi dans les indésirables.',
  },
  tooOften: (seconds) => ({
    title: 'Un peu de patience',
    text:
      seconds < 120
        ? `Trop de demandes ont été faites. Réessayez dans ${seconds}\u00a0secondes.`
        : `Trop de demandes ont été faites. Réessayez dans ${Math.ceil(seconds / 60)}\u00a0minutes.`,
  }),
  broken: {
    title: 'Cette page n’a pas pu s’afficher',
    text: 'Rien n’a été changé. Revenez à l’e-mail et suivez encore une fois son lien.',
  },
  activation: {
    ask: {
      title: 'Activer votre compte',
      text: 'Voici le compte qui a été demandé avec votre adresse.',
    },
    name: 'Nom',
    company: 'Entreprise',
    address: 'Adresse e-mail',
    notYours:
      'Ce n’est pas votre demande\u00a0? Fermez cette page\u00a0: sans votre accord, ce compte ne sera pas ouvert.',
    button: 'Activer mon compte',
    done: { title: 'Votre compte est activé', text: 'Vous pouvez vous connecter avec votre mot de passe.' },
    problems: {
      used: {
        title: 'Ce compte est déjà activé',
        text: 'Ce lien a déjà servi. Connectez-vous avec votre mot de passe.',
      },
      expired: {
        title: 'Ce lien a expiré',
        text: 'Il était valable 24\u00a0heures. Demandez-en un nouveau, ou créez le compte à nouveau dans l’application.',
      },
      unknown: {
        title: 'Ce lien ne mène à rien',
        text: 'Il est peut-être incomplet\u00a0: copiez-le en entier depuis l’e-mail, ou demandez-en un nouveau.',
      },
    },
    mailAgain: 'Recevoir un nouveau lien',
  },
  reset: {
    ask: { title: 'Choisir un nouveau mot de passe', text: 'Toutes vos sessions ouvertes seront fermées.' },
    forgotten: {
      title: 'Mot de passe oublié',
      text: 'Indiquez l’adresse de votre compte\u00a0: vous recevrez un lien pour choisir un nouveau mot de passe.',
    },
    password: 'Nouveau mot de passe',
    button: 'Changer le mot de passe',
    refused: 'Ce mot de passe ne convient pas. Choisissez-en un autre.',
    rules: {
      too_short: '8\u00a0caractères au moins',
      too_long: '128\u00a0caractères au plus',
      no_digit: 'un chiffre',
      no_special: 'un caractère spécial (! ? - …)',
      too_common: 'pas un mot de passe courant',
      own_data: 'ni votre nom, ni votre entreprise, ni votre adresse',
    },
    toChange: 'à revoir',
    done: {
      title: 'Votre mot de passe est changé',
      text: 'Toutes les sessions ont été fermées. Connectez-vous avec le nouveau mot de passe.',
    },
    problems: {
      used: {
        title: 'Ce lien a déjà servi',
        text: 'Votre mot de passe a été changé avec ce lien ou un autre. Pour le changer encore, demandez un nouveau lien.',
      },
      expired: {
        title: 'Ce lien a expiré',
        text: 'Il était valable 30\u00a0minutes. Demandez-en un nouveau.',
      },
      unknown: {
        title: 'Ce lien ne mène à rien',
        text: 'Il est peut-être incomplet\u00a0: copiez-le en entier depuis l’e-mail, ou demandez-en un nouveau.',
      },
    },
  },
  emailChange: {
    ask: {
      title: 'Confirmer la nouvelle adresse',
      text: 'Un changement d’adresse a été demandé pour un compte. Il se fera quand l’ancienne et la nouvelle adresse l’auront confirmé. Si vous ne l’avez pas demandé, fermez cette page.',
    },
    button: 'Confirmer',
    done: { title: 'L’adresse est changée', text: 'Connectez-vous désormais avec la nouvelle adresse.' },
    waitingForOld: {
      title: 'C’est confirmé de ce côté',
      text: 'Il reste à suivre le lien de l’e-mail envoyé à l’ancienne adresse.',
    },
    waitingForNew: {
      title: 'C’est confirmé de ce côté',
      text: 'Il reste à suivre le lien de l’e-mail envoyé à la nouvelle adresse.',
    },
    problems: {
      used: {
        title: 'Ce lien a déjà servi',
        text: 'L’application montre où en est le changement d’adresse.',
      },
      expired: {
        title: 'Ce lien a expiré',
        text: 'Le changement d’adresse n’a pas eu lieu. Demandez-le à nouveau dans l’application.',
      },
      unknown: {
        title: 'Ce lien ne mène à rien',
        text: 'Le changement a été abandonné, ou le lien est incomplet. L’application montre où il en est.',
      },
    },
  },
};
