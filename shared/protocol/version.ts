/** The version of the contract in this folder. A change that an older peer cannot read makes it grow. */
export const PROTOCOL_VERSION = 3;

/** Sent with every request; the service answers 426 to versions it no longer speaks. */
export const PROTOCOL_HEADER = 'oscaro-protocol';

/** What `/healthz` calls itself, so that an address typed by hand can be told from just any web server. */
export const SERVICE_NAME = 'oscaro-account-service';
