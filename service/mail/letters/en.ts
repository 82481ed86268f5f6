import type { Instant } from '#shared/domain/time.ts';
import { platformName, type Letters } from './letter.ts';

const moments = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Paris' });
const moment = (at: Instant) => `${moments.format(new Date(at))} (Paris time)`;
const day = (at: Instant) => days.format(new Date(at));
const hours = (count: number) => `${count} hour${count === 1 ? '' : 's'}`;
const minutes = (count: number) => `${count} minute${count === 1 ? '' : 's'}`;

const HELLO = 'Hello,';
const CODE = 'Or type this code in the app:';

export const en: Letters = {
  activation: ({ firstName, link, code, hours: count }) => ({
    subject: 'Activate your account',
    greeting: `Hello ${firstName},`,
    paragraphs: ['Your account is almost ready. What is left is to confirm that this address is yours.'],
    action: { label: 'Activate my account', link },
    code: { label: CODE, code },
    closing: [
      `The link and the code are valid for ${hours(count)}.`,
      'You did not ask for an account? Do nothing: none will be opened.',
    ],
  }),
  already_customer: ({ resetLink, code, minutes: count }) => ({
    subject: 'You already have an account',
    greeting: HELLO,
    paragraphs: [
      'Somebody, probably you, wanted to open an account with this address. It has one already: sign in as usual.',
      'Forgotten your password? Choose a new one.',
    ],
    action: { label: 'Choose a new password', link: resetLink },
    code: { label: CODE, code },
    closing: [
      `The link and the code are valid for ${minutes(count)}.`,
      'If it was not you, do nothing: nothing has changed.',
    ],
  }),
  password_reset: ({ link, code, minutes: count }) => ({
    subject: 'Choose a new password',
    greeting: HELLO,
    paragraphs: ['You asked to choose a new password.'],
    action: { label: 'Choose a new password', link },
    code: { label: CODE, code },
    closing: [
      `The link and the code are valid for ${minutes(count)} and work once. Your devices will be signed out.`,
      'You did not ask for anything? Do nothing: your password stays the same.',
    ],
  }),
  password_changed: ({ at, deviceName, resetLink }) => ({
    subject: 'Your password was changed',
    greeting: HELLO,
    paragraphs: ['The password of your account has just been changed.'],
    facts: [
      { label: 'When', value: moment(at) },
      ...(deviceName === undefined ? [] : [{ label: 'Device', value: deviceName }]),
    ],
    action: { label: 'It was not me', link: resetLink },
    closing: ['If it was you, all is well.', 'If not, choose a new password at once.'],
  }),
  new_device: ({ at, deviceName, platform }) => ({
    subject: 'A sign-in from a new device',
    greeting: HELLO,
    paragraphs: ['Your account has just been opened on a device that we did not know.'],
    facts: [
      { label: 'When', value: moment(at) },
      { label: 'Device', value: `${deviceName} (${platformName(platform)})` },
    ],
    closing: [
      'If it was you, all is well.',
      'If not, open the app, sign that device out (Account, Security) and change your password.',
    ],
  }),
  suspicious_sign_in: ({ at, deviceName }) => ({
    subject: 'An unusual sign-in to your account',
    greeting: HELLO,
    paragraphs: ['A sign-in to your account does not look like your usual ones.'],
    facts: [
      { label: 'When', value: moment(at) },
      { label: 'Device', value: deviceName },
    ],
    closing: [
      'The app will ask you whether it was you. If so, answer yes.',
      'If not, answer no: the device will be signed out, and you will choose a new password.',
    ],
  }),
  email_change: ({ role, oldEmail, newEmail, link, hours: count }) => ({
    subject: role === 'new' ? 'Confirm your new address' : 'Confirm the change of address',
    greeting: HELLO,
    paragraphs: [
      role === 'new'
        ? 'This address is to become that of your account. Confirm that it is yours.'
        : 'The address of your account is to change. Confirm that you asked for it.',
    ],
    facts: [
      { label: 'Present address', value: oldEmail },
      { label: 'New address', value: newEmail },
    ],
    action: { label: 'Confirm the change', link },
    closing: [
      `The link is valid for ${hours(count)}. The change is made once both addresses have confirmed it.`,
      role === 'new'
        ? 'You did not expect this message? Do nothing.'
        : 'You did not ask for anything? Do not confirm, and change your password in the app.',
    ],
  }),
  email_changed: ({ oldEmail, newEmail }) => ({
    subject: 'The address of your account has changed',
    greeting: HELLO,
    paragraphs: ['Both addresses have confirmed: from now on sign in with the new one.'],
    facts: [
      { label: 'Old address', value: oldEmail },
      { label: 'New address', value: newEmail },
    ],
    closing: ['If this was not your doing, write to customer service at once (Help, in the app).'],
  }),
  deletion_requested: ({ deletedAt }) => ({
    subject: 'Your account is going to be deleted',
    greeting: HELLO,
    paragraphs: [`You asked for your account to be deleted. That will be on ${day(deletedAt)}.`],
    closing: [
      'Changed your mind? Until then, take it back in the app (Account, Your data).',
      'It was not you? Take it back and change your password.',
    ],
  }),
  deletion_cancelled: () => ({
    subject: 'Your account stays',
    greeting: HELLO,
    paragraphs: ['Your account will not be deleted after all. Nothing was deleted.'],
    closing: ['It was not you? Change your password in the app.'],
  }),
  account_deleted: () => ({
    subject: 'Your account was deleted',
    greeting: HELLO,
    paragraphs: [
      'Your account and your data were deleted.',
      'We keep only the invoices, for ten years, because the law obliges us to.',
    ],
    closing: ['This is the last message to this address.'],
  }),
};
