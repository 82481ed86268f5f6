import type { Words } from './words.ts';

export const en: Words = {
  openApp: 'Open Oscaro Desktop',
  backToApp: 'You can also close this page and simply go back to the app.',
  email: 'E-mail address',
  sendMail: 'Send me an e-mail',
  mailSent: {
    title: 'Look at your e-mails',
    text: 'If we know this address, a message is on its way. It may take a few minutes; look among unwanted mail as well.',
  },
  tooOften: (seconds) => ({
    title: 'A little patience',
    text:
      seconds < 120
        ? `There were too many requests. Try again in ${seconds} seconds.`
        : `There were too many requests. Try again in ${Math.ceil(seconds / 60)} minutes.`,
  }),
  broken: {
    title: 'This page could not be shown',
    text: 'Nothing was changed. Go back to the e-mail and follow its link once more.',
  },
  activation: {
    ask: {
      title: 'Activate your account',
      text: 'This is the account that was asked for with your address.',
    },
    name: 'Name',
    company: 'Company',
    address: 'E-mail address',
    notYours:
      'You did not ask for it? Close this page: without your consent this account will not be opened.',
    button: 'Activate my account',
    done: { title: 'Your account is active', text: 'You can sign in with your password.' },
    problems: {
      used: {
        title: 'This account is active already',
        text: 'This link was used before. Sign in with your password.',
      },
      expired: {
        title: 'This link has expired',
        text: 'It was good for 24 hours. Ask for a new one, or create the account again in the app.',
      },
      unknown: {
        title: 'This link leads nowhere',
        text: 'It may be incomplete: copy the whole of it from the e-mail, or ask for a new one.',
      },
    },
    mailAgain: 'Send me a new link',
  },
  reset: {
    ask: { title: 'Choose a new password', text: 'All your open sessions will be ended.' },
    forgotten: {
      title: 'Forgotten password',
      text: 'Type the address of your account: you will get a link to choose a new password.',
    },
    password: 'New password',
    button: 'Change the password',
    refused: 'This password will not do. Choose another one.',
    rules: {
      too_short: 'at least 8 characters',
      too_long: 'at most 128 characters',
      no_digit: 'a digit',
      no_special: 'a special character (! ? - …)',
      too_common: 'no common password',
      own_data: 'neither your name, nor your company, nor your address',
    },
    toChange: 'to be changed',
    done: {
      title: 'Your password is changed',
      text: 'All sessions were ended. Sign in with the new password.',
    },
    problems: {
      used: {
        title: 'This link was used before',
        text: 'Your password was changed with this link or another. To change it again, ask for a new link.',
      },
      expired: { title: 'This link has expired', text: 'It was good for 30 minutes. Ask for a new one.' },
      unknown: {
        title: 'This link leads nowhere',
        text: 'It may be incomplete: copy the whole of it from the e-mail, or ask for a new one.',
      },
    },
  },
  emailChange: {
    ask: {
      title: 'Confirm the new address',
      text: 'Somebody asked for an account to move to another address. It will when both the old and the new address have confirmed it. If it was not you, close this page.',
    },
    button: 'Confirm',
    done: { title: 'The address is changed', text: 'From now on, sign in with the new address.' },
    waitingForOld: {
      title: 'Confirmed on this side',
      text: 'What is left is to follow the link in the e-mail to the old address.',
    },
    waitingForNew: {
      title: 'Confirmed on this side',
      text: 'What is left is to follow the link in the e-mail to the new address.',
    },
    problems: {
      used: {
        title: 'This link was used before',
        text: 'The app shows how far the change of the address is.',
      },
      expired: {
        title: 'This link has expired',
        text: 'The address was not changed. Ask for it again in the app.',
      },
      unknown: {
        title: 'This link leads nowhere',
        text: 'The change was given up, or the link is incomplete. The app shows how far it is.',
      },
    },
  },
};
