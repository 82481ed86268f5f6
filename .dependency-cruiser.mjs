/** Who may import whom: the table of the architecture, read by dependency-cruiser. Type-only imports count too. */
/** @type {import('dependency-cruiser').DependencyType[]} */
const builtInTypes = ['core'];
/** @type {import('dependency-cruiser').DependencyType[]} */
const packageTypes = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

/** A test beside its source may use more than the source: helpers of test/, another room's fakes. */
const TESTS = ['\\.test\\.ts$'];

/**
 * Of the checkout's rooms, `from` may import only the ones named.
 *
 * @param {string} name
 * @param {string} from
 * @param {string[]} allowed
 * @param {string} comment
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function only(name, from, allowed, comment) {
  const rooms = ['electron/', 'renderer/', 'service/', 'shared/', 'scripts/', 'test/'].map(
    (room) => `^${room}`,
  );
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: TESTS },
    to: { path: rooms, pathNot: allowed },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other are one idea in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: { pathNot: ['^renderer/.*\\.html$'] },
      // These have types only, which the resolver does not look for.
      to: { couldNotResolve: true, pathNot: ['^svelte/elements$'] },
    },
    only(
      'renderer-rooms',
      '^renderer/',
      ['^renderer/', '^shared/(domain|ipc|i18n)/'],
      'The window knows the domain and the contract with the engine.',
    ),
    {
      name: 'renderer-no-node',
      comment: 'The window is sandboxed: it has no Node and no Electron.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { dependencyTypes: builtInTypes },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: { path: '.', pathNot: ['^electron/(main|preload)/', '^test/', '^scripts/', ...TESTS] },
      to: { path: '(^|/)node_modules/(electron|electron33|electron-store|electron-log)/' },
    },
    {
      name: 'feature-to-feature',
      comment: 'Features meet in ui and lib, never directly.',
      severity: 'error',
      from: { path: '^renderer/src/features/([^/]+)/' },
      to: { path: '^renderer/src/features/', pathNot: '^renderer/src/features/$1/' },
    },
    {
      name: 'ui-and-lib-know-no-feature',
      severity: 'error',
      from: { path: '^renderer/src/(ui|lib)/' },
      to: { path: '^renderer/src/features/' },
    },
    only(
      'preload-rooms',
      '^electron/preload/',
      ['^electron/preload/', '^shared/ipc/'],
      'The bridge is a few lines over the contract.',
    ),
    only(
      'main-rooms',
      '^electron/main/',
      ['^electron/(main|core)/', '^shared/'],
      'The shell starts the engine and draws on what is shared.',
    ),
    only(
      'core-rooms',
      '^electron/core/',
      ['^electron/core/', '^shared/'],
      'The engine runs anywhere: it knows no shell and no service code.',
    ),
    {
      name: 'db-knows-no-sync',
      comment: 'Sync uses the database, never the reverse.',
      severity: 'error',
      from: { path: '^electron/core/db/', pathNot: TESTS },
      to: { path: '^electron/core/(?!db/)[^/]+/' },
    },
    only(
      'service-rooms',
      '^service/',
      ['^service/', '^shared/(domain|mutations|protocol|i18n)/'],
      'The service shares the domain, the mutators and the protocol.',
    ),
    only('shared-rooms', '^shared/', ['^shared/'], 'What is shared depends on nobody.'),
    {
      name: 'shared-pure-packages',
      comment: 'Shared code runs everywhere: zod and small pure libraries only.',
      severity: 'error',
      from: { path: '^shared/', pathNot: TESTS },
      to: {
        dependencyTypes: [...packageTypes, ...builtInTypes],
        pathNot: ['(^|/)node_modules/(zod|uuid|libphonenumber-js)/'],
      },
    },
    only(
      'scripts-rooms',
      '^scripts/',
      ['^scripts/', '^shared/'],
      'Scripts start the app and the service as programs, not as code.',
    ),
    {
      name: 'nobody-imports-test',
      severity: 'error',
      from: { pathNot: ['^test/', ...TESTS] },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The bench's peers are a package of their own, installed elsewhere.
    exclude: { path: '^(out|\\.cache|shared/i18n/generated|test/bench/peers)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.mjs', '.js', '.cjs', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default'],
    },
  },
};
