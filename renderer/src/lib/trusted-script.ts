interface ScriptUrlPolicy {
  createScriptURL: (url: string) => unknown;
}

const policies = new Map<string, ScriptUrlPolicy>();

/**
 * The address of a worker's script. The page's security policy lets no string become one, but the one of each policy that it names; a policy
 * of that name can be made once only.
 */
export function trustedScript(name: 'pdf-worker' | 'strength-worker', url: string): string {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy: (name: string, rules: ScriptUrlPolicy) => ScriptUrlPolicy };
  };
  if (!trustedTypes) return url;
  const policy =
    policies.get(name) ??
    trustedTypes.createPolicy(name, {
      createScriptURL: (wanted) => {
        if (wanted !== url) throw new TypeError(`not the script of ${name}`);
        return wanted;
      },
    });
  policies.set(name, policy);
  return policy.createScriptURL(url) as string;
}
