import { PASS_PREFIX, stripScannerFraming } from '../../../contract/pass/pass.ts'

/**
 * A code without what its scanner is known to put before it (learnt at calibration). Of makes that put both, the
 * programmed prefix stands before the AIM identifier (Datalogic's manuals). A pass is left as it is: the prefix may have
 * been switched off since.
 */
export function withoutPrefix(text: string, prefix: string): string {
  const bare = stripScannerFraming(text)
  if (prefix === '' || bare.startsWith(PASS_PREFIX) || !bare.startsWith(prefix)) return bare
  return stripScannerFraming(bare.slice(prefix.length))
}
