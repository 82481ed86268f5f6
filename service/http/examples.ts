/** Example values for the OpenAPI document, checked against their schemas by a test. */
const tokens = {
  accessToken: 'oat_2Zb1yJ5mO0cN3qX8uV7wK4tR6sP9aLdEfGhIjKlMnOp',
  accessExpiresInSeconds: 600,
  refreshToken: 'ort_9Qw8Er7Ty6Ui5Op4As3Df2Gh1Jk0LzXcVbNmQaZwSxE',
  refreshExpiresInSeconds: 5_184_000,
};

const order = {
  op: 'del',
  type: 'vehicle',
  id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c11',
  rev: 42,
};

const mutation = {
  id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c12',
  seq: 1,
  name: 'basket.create',
  args: { id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c14', name: 'Révision Clio IV' },
  at: '2026-03-02T10:00:00.000Z',
};
const outcomes = [
  { seq: 1, id: mutation.id, outcome: 'applied' },
  { seq: 2, id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c15', outcome: 'rejected', kind: 'not_found' },
];

export const examples = {
  SignInRequest: {
    examples: [
      {
        email: 'camille@example.org',
        password: 'correct horse battery staple',
        device: { name: 'Atelier', platform: 'linux', appVersion: '0.1.0' },
      },
    ],
  },
  SignInResponse: {
    examples: [
      {
        ...tokens,
        deviceSecret: 'mT4vQ8xJ1nY6bK3wR0pZ7sD2fH5gL9cA-uE_iO4tXyU',
        account: {
          id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c10',
          kind: 'private',
          email: 'camille@example.org',
          displayName: 'Camille Martin',
        },
      },
    ],
  },
  Tokens: { examples: [tokens] },
  SignUpRequest: {
    examples: [
      {
        kind: 'private',
        email: 'camille@example.org',
        password: 'cheval correct, pile 4',
        firstName: 'Camille',
        lastName: 'Martin',
        language: 'fr',
        consents: { offers_email: false },
      },
    ],
  },
  MailOnItsWay: { examples: [{ againInSeconds: 60 }] },
  MailRequest: { examples: [{ email: 'camille@example.org', language: 'fr' }] },
  ResetRequest: {
    examples: [
      {
        proof: { email: 'camille@example.org', code: 'K7QM2XPD' },
        password: 'cheval correct, pile 4',
      },
    ],
  },
  RefreshRequest: { examples: [{ refreshToken: tokens.refreshToken }] },
  Change: { examples: [order] },
  PullResponse: {
    examples: [
      {
        changes: [order],
        rejections: [
          {
            seq: 3,
            id: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c13',
            kind: 'conflict',
            present: 'Camille Laurent',
          },
        ],
        after: null,
        ask: '019ce66c-8e80-7c09-9281-a87c0415c846',
        cursor: 'eyJwaGFzZSI6ImNoYW5nZXMifQ.AAAAAAAAAAAAAAAAAAAAAA',
        hasMore: false,
        lastSeq: 3,
        lastId: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c13',
        epoch: 'c2Vjb25kIGxpZmU',
        remaining: 0,
      },
    ],
  },
  Mutation: { examples: [mutation] },
  MutationOutcome: { examples: outcomes },
  PushRequest: {
    examples: [{ replicaId: '0192b1c4-7d3e-7a55-8c1d-2f6b9e0a4c16', mutations: [mutation] }],
  },
  PushResponse: {
    examples: [{ outcomes, lastSeq: 2, stopped: { kind: 'gap', expected: 3 } }],
  },
  PriceRequest: {
    examples: [
      {
        parts: [
          { reference: '0 986 494 660', brand: 'BOSCH' },
          { reference: 'GDB0000', brand: 'TRW' },
        ],
      },
    ],
  },
  PriceResponse: {
    examples: [
      {
        prices: [
          {
            exclVat: 2742,
            vatRate: 2000,
            currency: 'EUR',
            availability: 'in_stock',
            at: '2026-03-02T10:00:00.000Z',
          },
          null,
        ],
      },
    ],
  },
  ServiceError: {
    examples: [
      {
        error: {
          kind: 'throttled',
          message: 'Too many attempts; wait before the next.',
          requestId: '6f1f4c0e-5c0e-4a7e-9a52-0d6a9d3b7f10',
          retryAfterSeconds: 4,
        },
      },
    ],
  },
  Health: {
    examples: [
      { service: 'oscaro-account-service', status: 'ok', version: '0.1.0', protocol: { min: 1, max: 2 } },
    ],
  },
};
