/** A list of many entries: made, compared and published by the server; taken in by a kiosk while checks go on. */
import { kioskPart } from './deny-list/kiosk-part.ts'
import { serverPart } from './deny-list/server-part.ts'
import { numberOption, report } from './report.ts'

/** `--entries N` */
export async function denyList(args: readonly string[]): Promise<void> {
  const entries = numberOption(args, 'entries', 300_000)
  const kiosk = await kioskPart(entries)
  report('deny-list', { ...(await serverPart(entries)), ...kiosk })
}
