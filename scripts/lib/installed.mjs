/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage & Manifest> }} Lock
 * @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Manifest
 */

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. Optional
 * packages may be missing: most are for other platforms.
 *
 * @param {Manifest} manifest package.json
 * @param {Lock} lock package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function installedMatchesLock(manifest, lock, installed) {
  if (!installed) return false;
  if (!sameRanges(manifest, lock.packages[''] ?? {})) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const present = installed.packages[path];
    return present ? present.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
  });
}

/**
 * @param {Manifest} a
 * @param {Manifest} b
 */
function sameRanges(a, b) {
  /** @param {Manifest} m */
  const ranges = (m) => JSON.stringify([sorted(m.dependencies), sorted(m.devDependencies)]);
  return ranges(a) === ranges(b);
}

/** @param {Record<string, string>} [ranges] */
function sorted(ranges = {}) {
  return Object.entries(ranges).sort(([a], [b]) => (a < b ? -1 : 1));
}
