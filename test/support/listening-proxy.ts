import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';

/** A network that notes the tokens and secrets that the service gives to whoever signs in. */
export interface ListeningProxy {
  url: string;
  given: string[];
  /** Nothing reaches the service any more, and what was under way is lost. */
  cut: () => void;
  close: () => Promise<void>;
}

const SECRETS = ['accessToken', 'refreshToken', 'deviceSecret'];

export async function startListeningProxy(serviceUrl: string): Promise<ListeningProxy> {
  const given: string[] = [];
  const proxy: FaultyProxy = await startFaultyProxy(serviceUrl);
  proxy.rule = ({ method, path }) => {
    if (method !== 'POST' || !path.startsWith('/v1/sessions')) return undefined;
    return {
      kind: 'change',
      change: (answer) => {
        const said = JSON.parse(answer.body.toString()) as Record<string, unknown>;
        given.push(...SECRETS.map((name) => said[name]).filter((value) => typeof value === 'string'));
        return answer;
      },
    };
  };
  return {
    url: proxy.url,
    given,
    cut: () => {
      proxy.rule = () => ({ kind: 'cut' });
      proxy.disconnect();
    },
    close: proxy.close,
  };
}
