/**
 * Sent with every document that the app serves to itself. The page has no network (`connect-src 'none'`): all it knows
 * comes over the bridge. Three Trusted Types policies exist: Svelte's own for its templates, and those that name the
 * worker scripts of the PDF preview and of the strength of passwords.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html pdf-worker strength-worker',
].join('; ');

/**
 * For the development server on the loopback only: hot reload injects <style> elements, speaks over a web socket and
 * assigns plain strings. Never part of a build.
 */
export const developmentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self' ws://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
