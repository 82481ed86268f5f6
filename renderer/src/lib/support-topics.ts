import type { SupportTopic } from '#shared/domain/support-message.ts';

/** In the order that people are offered them. */
export const SUPPORT_TOPICS = [
  'delivery',
  'product',
  'return',
  'invoice',
  'sign_in',
  'other',
] as const satisfies readonly SupportTopic[];
