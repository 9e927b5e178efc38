import { createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { compactDecrypt, compactVerify } from 'jose'
import { runPassVectors } from '../../../contract/pass/pass-vectors.ts'
import { sealFor } from '../queue/seal.ts'
import { verifySignature } from '../knowledge/verify-signature.ts'

/** RFC 8037, A.4: Ed25519 signing. */
const SIGNED =
  'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.' +
  'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
const SIGNER = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }

/** Sealed once by OpenSSL for a key that anybody can read here. */
const SEALED =
  'eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImVwayI6eyJ4Ijoid0JMR2pqZWVxcjRGU3N3MDhqdkdONXlCZ2ltcFRyN0pzWC10c3Qz' +
  'b0VWayIsImNydiI6IlgyNTUxOSIsImt0eSI6Ik9LUCJ9fQ..O7fNhiXoz1UlMaO-.gaSLOLNjiZSwiuan.SextfD7z8PuneByMgNPCUw'
const OPENER = {
  kty: 'OKP',
  crv: 'X25519',
  d: 'S6FfPGSziGXbeE_IgGqM5qEOezESfdS80wcpDWwj6l8',
  x: 'WhI0Rz4SzvOiIViBIv1lD83nFMJxAbQK9BV8IuekNm8',
}

/** RFC 4231, test case 1. */
const HMAC = 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'

/**
 * Known answers at each start: Electron's crypto is BoringSSL, not the OpenSSL that Node is tested with. Returns the
 * names of what came out wrong; a kiosk with any must not decide.
 */
export async function selfTest(): Promise<readonly string[]> {
  const failed = [...(await runPassVectors(verifySignature))]
  for (const [name, holds] of Object.entries(answers)) {
    if (!(await holds().catch(() => false))) failed.push(name)
  }
  return failed
}

/** Made when it is needed: a machine whose crypto cannot even do that fails by name, not at loading. */
const opener = (): KeyObject => createPrivateKey({ key: OPENER, format: 'jwk' })

const answers: Readonly<Record<string, () => Promise<boolean>>> = {
  'JWS: a good signature': async () => textOf((await verify(SIGNED)).payload) === 'Example of Ed25519 signing',
  'JWS: a changed text': () =>
    verify(SIGNED.replace('RXhh', 'RXhi')).then(
      () => false,
      () => true,
    ),
  'JWE: opening': async () => textOf((await compactDecrypt(SEALED, opener())).plaintext) === 'Допуск',
  'JWE: sealing': async () => {
    const jwe = sealFor({ kid: 'self-test', publicKey: OPENER.x }, new TextEncoder().encode('Допуск'))
    return textOf((await compactDecrypt(jwe, opener())).plaintext) === 'Допуск'
  },
  HMAC: async () => createHmac('sha256', Buffer.alloc(20, 0x0b)).update('Hi There').digest('hex') === HMAC,
}

const verify = (jws: string): ReturnType<typeof compactVerify> =>
  compactVerify(jws, createPublicKey({ key: SIGNER, format: 'jwk' }), { algorithms: ['EdDSA'] })

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
