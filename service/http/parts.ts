import type { MailProofs } from '../accounts/mail-proofs.ts';
import type { MailRequests } from '../accounts/mail-requests.ts';
import type { Passwords } from '../accounts/passwords.ts';
import type { ProofMails } from '../accounts/proof-mails.ts';
import type { Sessions } from '../accounts/sessions.ts';
import type { SignUps } from '../accounts/sign-ups.ts';
import type { Throttle } from '../accounts/throttle.ts';
import type { PriceSource } from '../catalogue/price-source.ts';
import type { Clock } from '../clock.ts';
import type { InvoiceDocuments } from '../documents/invoice-documents.ts';
import type { Links } from '../mail/links.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Store } from '../store/open.ts';
import type { Pokes } from '../sync/pokes.ts';
import type { Limits } from '../limits.ts';

/** What routes are made of; put together in app.ts. */
export interface Parts {
  store: Store;
  clock: Clock;
  passwords: Passwords;
  throttle: Throttle;
  sessions: Sessions;
  pokes: Pokes;
  mails: Outbox;
  links: Links;
  mailRequests: MailRequests;
  proofs: MailProofs;
  proofMails: ProofMails;
  signUps: SignUps;
  documents: InvoiceDocuments;
  prices: PriceSource;
  limits: Limits;
}
