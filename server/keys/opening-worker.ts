/** Opens events and checks the passes in them, up to 200 µs each: on a thread of its own, so that no scan waits for an upload. */
import { parentPort } from 'node:worker_threads'
import { EventEnvelope } from '../../contract/kiosk/admission.ts'
import { passCache, REMEMBERED_PASSES, type PassKeys } from './pass-cache.ts'
import { verifyEd25519 } from './verify-ed25519.ts'
import type { FromWorker, OpenedEvent, OpeningKeys, ToWorker } from './opening-job.ts'
import { jweOpener } from './open-jwe.ts'

let keys: OpeningKeys = { seal: new Map(), pass: [] }
const openerOf = ({ seal }: OpeningKeys) => jweOpener((kid) => seal.get(kid))
let openJwe = openerOf(keys)
let passKeys: PassKeys = { keys: [] }
const checkPass = passCache(verifyEd25519, REMEMBERED_PASSES)

const port = parentPort
port?.on('message', (message: ToWorker) => {
  if (message.kind === 'keys') {
    keys = message
    openJwe = openerOf(keys)
    passKeys = { keys: keys.pass }
    return
  }
  const reply: FromWorker = { job: message.job, opened: message.jwes.map(open) }
  port.postMessage(reply)
})

function open(jwe: string): OpenedEvent {
  const opened = openJwe(jwe)
  if (opened.kind === 'unreadable') return { ...opened, detail: opened.why }
  if (opened.kind === 'unknown-key') return opened
  const envelope = EventEnvelope.safeParse(asJson(opened.plain))
  if (!envelope.success) {
    const [issue] = envelope.error.issues
    return { kind: 'unreadable', why: 'no-envelope', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
  }
  const { event } = envelope.data
  const pass = event.kind === 'admission' ? checkPass(event.request.credential, passKeys) : undefined
  return { kind: 'opened', envelope: envelope.data, pass }
}

function asJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
