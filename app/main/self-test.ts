import { runPassVectors } from '../../server/contract/pass-vectors.ts'
import { verifySignature } from './verify-signature.ts'

/**
 * Known answers at each start: Electron's crypto is BoringSSL, not the OpenSSL that Node is tested with. Returns the
 * names of what came out wrong; a kiosk with any must not decide.
 */
export const selfTest = (): Promise<readonly string[]> => runPassVectors(verifySignature)
