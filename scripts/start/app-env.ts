import { inRepo } from '#scripts/lib/repo.ts';
import type { StartOptions } from './options.ts';

/** What the app is told through its environment; variables of the same name from outside do not leak in. */
export function appEnv(
  options: StartOptions,
  serviceUrl: string | undefined,
  inboxUrl: string | undefined,
): Record<string, string | undefined> {
  return {
    OSCARO_SERVICE_URL: serviceUrl,
    OSCARO_USER_DATA: options.userData ?? inRepo('.demo', 'user-data'),
    OSCARO_DEMO: options.service.kind === 'demo' ? '1' : undefined,
    OSCARO_DEMO_INBOX_URL: inboxUrl,
    ...(options.lang && { OSCARO_LANG: options.lang }),
  };
}
