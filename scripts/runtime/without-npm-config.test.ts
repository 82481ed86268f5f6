import { expect, it } from 'vitest';
import { withoutNpmConfig } from './without-npm-config.ts';

it('drops what npm was told and keeps the rest', () => {
  const env = {
    npm_config_nodedir: '/usr',
    NPM_CONFIG_NODEDIR: '/usr',
    npm_package_config_node_gyp_nodedir: '/usr',
    npm_execpath: '/npm-cli.js',
    PATH: '/bin',
  };
  expect(withoutNpmConfig(env)).toEqual({ npm_execpath: '/npm-cli.js', PATH: '/bin' });
});
