/**
 * The environment without npm's settings. npm hands every setting of the user to its scripts as a variable, and node-gyp lets such a
 * variable win over its own command line: a `nodedir` in somebody's .npmrc would bring in other headers than the ones we chose.
 */
export function withoutNpmConfig(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(package_)?config_/i.test(name)));
}
