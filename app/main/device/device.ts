/**
 * Who this terminal is to the server: enrolled with a code for one use, approved, given tokens, given another key, struck
 * off. What it stands at is told whenever it changes; nothing here is ever waited for by a scan.
 */
import os from 'node:os'
import { api } from '../../../contract/kiosk/api.ts'
import { spelledFingerprint, type Enrolment } from '../../../contract/kiosk/enrolment.ts'
import type { EnrolReply } from '../../../contract/kiosk/devices.ts'
import type { Problem } from '../../../contract/http/problem.ts'
import type { DeviceStanding, EnrolTrouble } from '../../preload/setup-api.ts'
import type { Log } from '../log.ts'
import type { Issuer } from '../knowledge/knowledge.ts'
import { Unreachable } from '../ports.ts'
import type { ServerClient } from '../link/server-client.ts'
import { createAccess, type Access, type TokenAnswer } from './access.ts'
import { signAssertion } from './assertion.ts'
import { issuerOf, newKey, openKey, trustedRoots, type Credential, type CredentialFile } from './credential.ts'
import { placeOf, standingAgain, standingOf, verdictOn } from './standing-of.ts'

type Enrolled = Extract<Credential, { kind: 'enrolled' }>
type Enrolling = Extract<Credential, { kind: 'enrolling' }>

export interface DeviceParts {
  readonly file: CredentialFile
  /** said by the environment: it wins over where the terminal was enrolled */
  readonly serverUrl?: string | undefined
  /** what the environment offers a terminal that is not enrolled, or not known any more */
  readonly enrolment?: Enrolment | undefined
  /** that came with the installer or the environment; where there are none, one is pinned at enrolment */
  readonly packedRoots: readonly string[]
  readonly client: () => Pick<ServerClient, 'enrol' | 'token' | 'rotateKey'>
  readonly now: () => Date
  readonly mono: () => number
  readonly log: Log
  readonly onStanding: (standing: DeviceStanding) => void
  /** a token was got: ask for everything */
  readonly onWorking: () => void
  readonly onRevoked: () => void
  /** whose documents hold from now on: at the start too, should the power have gone before it was written down */
  readonly onIssuer: (issuer: Issuer) => void
  readonly random?: () => number
}

export interface Device {
  readonly access: Access
  standing(): DeviceStanding
  /** whose signatures are believed */
  roots(): readonly string[]
  enrol(enrolment: Enrolment): void
  /** A person has compared the fingerprints. */
  confirmRoot(same: boolean): void
  rotateKey(): Promise<void>
  /** The server has struck this terminal off. */
  revoked(): void
  start(): void
  stop(): void
}

/** Between two tries of what could not be asked, and between two looks whether it is approved; ms, the first and the longest. */
const AGAIN = { first: 1000, longest: 60_000 }
const APPROVED_EVERY = 8000
const PLATFORM = `${os.platform()} ${os.release()} ${os.arch()}`.slice(0, 60)

export function createDevice(parts: DeviceParts): Device {
  const { file, log } = parts
  const random = parts.random ?? Math.random
  let credential = file.read()
  let standing: DeviceStanding = standingOf(credential)
  let timer: NodeJS.Timeout | undefined
  let tries = 0
  let stopped = false
  /** so that an answer to an earlier wish is not taken for the answer to this one */
  let wish = 0
  let offered = false
  /** before the code that is being tried */
  let standingBefore = standing
  /** of the last code, until another is tried or the terminal works: said beside whatever it stands at */
  let trouble: EnrolTrouble | undefined

  const become = (next: DeviceStanding): void => {
    if (JSON.stringify(next) === JSON.stringify(standing)) return
    standing = next
    log.info({ standing: next.kind }, 'device')
    parts.onStanding(next)
  }
  const keep = async (next: Credential): Promise<void> => {
    await file.write(next)
    credential = next
  }
  const withTrouble = <S extends DeviceStanding>(next: S): S => (trouble === undefined ? next : { ...next, trouble })
  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(work, ms * (0.5 + random() / 2))
  }
  const enrolled = (): Enrolled | undefined => (credential?.kind === 'enrolled' ? credential : undefined)
  const failed = (error: unknown): void => log.error({ error }, 'the credential could not be kept')

  const access = createAccess({
    server: () => {
      const known = enrolled()
      return known && known.unconfirmed === undefined ? (parts.serverUrl ?? known.server) : undefined
    },
    ask: askForToken,
    now: parts.mono,
    onGranted() {
      const known = enrolled()
      if (!known) return
      trouble = undefined
      become({ kind: 'working', venue: known.venue, accessPoint: known.accessPoint })
      parts.onWorking()
    },
    onRefused,
    random,
  })

  async function askForToken(): Promise<TokenAnswer> {
    const known = enrolled()
    if (!known) throw new Unreachable('this terminal is not enrolled')
    const first = await tokenWith(known, known.key)
    if (first.kind === 'granted' || first.code !== 'invalid-client') return first
    // The refusal has told us what time it is there: once more by that, and then with the key that was to follow.
    const second = await tokenWith(known, known.key)
    if (second.kind === 'granted' || second.code !== 'invalid-client' || known.next === undefined) return second
    const third = await tokenWith(known, known.next)
    if (third.kind === 'granted') await keep(withKey(known, known.next))
    return third
  }
  async function tokenWith(known: Enrolled, key: string): Promise<TokenAnswer> {
    const at = parts.serverUrl ?? known.server
    const assertion = await signAssertion(openKey(key), { ...audienceOf(known), now: parts.now() })
    return parts.client().token(at, assertion)
  }
  /** Where the environment has moved it to another address, it signs for that one. */
  const audienceOf = ({ device, server, audience }: Enrolled): { device: number; audience: string } => ({
    device,
    audience: parts.serverUrl === undefined || parts.serverUrl === server ? audience : parts.serverUrl + api.token.path,
  })

  function onRefused(code: Problem['code']): void {
    const known = enrolled()
    if (code === 'device-revoked') revoked()
    else if (code === 'device-pending' && known) {
      const fingerprint = spelledFingerprint(openKey(known.key).kid)
      become(withTrouble({ kind: 'pending', ...placeOf(known), fingerprint }))
      later(APPROVED_EVERY, () => void access.soon().catch(() => undefined))
    } else if (code === 'invalid-client' && known) {
      log.error('the server does not know this terminal')
      become(withTrouble({ kind: 'unknown', ...placeOf(known) }))
      // made anew, perhaps, as a demonstration is: what the environment offers is worth one try
      if (parts.enrolment && !offered) enrol(parts.enrolment)
    }
  }

  function enrol({ server, code, root }: Enrolment): void {
    const at = parts.serverUrl ?? server
    const earlier = credential?.kind === 'enrolling' ? credential : undefined
    const before = credential?.kind === 'enrolling' ? credential.before : credential
    offered = true
    // the same code again, its answer lost: the same key
    const key = earlier?.server === at && earlier.code === code ? earlier.key : newKey().kept
    const asked: Enrolling = {
      kind: 'enrolling',
      server: at,
      code,
      key,
      ...(root === undefined ? {} : { root }),
      ...(before === undefined ? {} : { before }),
    }
    const own = ++wish
    if (standing.kind !== 'enrolling') standingBefore = standing
    trouble = undefined
    tries = 0
    access.forget()
    clearTimeout(timer)
    become({ kind: 'enrolling', server: at })
    keep(asked).then(() => tryToEnrol(asked, own), failed)
  }

  async function tryToEnrol(asked: Enrolling, own: number): Promise<void> {
    if (own !== wish || stopped) return
    try {
      const { publicKey } = openKey(asked.key)
      const answer = await parts.client().enrol(asked.server, { code: asked.code, publicKey, platform: PLATFORM })
      if (own !== wish) return
      if (answer.kind === 'enrolled') await taken(asked, answer.reply)
      else giveUp(asked.server, answer.code === 'too-many-requests' ? 'too-often' : 'refused')
    } catch (error) {
      if (own !== wish) return
      if (!(error instanceof Unreachable)) return failed(error)
      become({ kind: 'enrolling', server: asked.server, trouble: 'unreachable' })
      later(Math.min(AGAIN.longest, AGAIN.first * 2 ** tries++), () => void tryToEnrol(asked, own))
    }
  }
  function giveUp(server: string, why: EnrolTrouble): void {
    wish++
    trouble = why
    log.warn({ trouble }, 'not enrolled')
    const before = credential?.kind === 'enrolling' ? credential.before : undefined
    credential = before
    ;(before ? file.write(before) : file.erase()).catch(failed)
    become(before ? standingAgain(before, standingBefore, why) : { kind: 'none', server, trouble })
    // what it was let in with may be as good as ever
    if (before?.kind === 'enrolled') void access.soon().catch(() => undefined)
  }

  async function taken(asked: Enrolling, reply: EnrolReply): Promise<void> {
    const { root } = reply
    const verdict = verdictOn(root, asked.root, parts.packedRoots)
    if (verdict === 'other') {
      giveUp(asked.server, 'other-root')
      return
    }
    const { server, key } = asked
    const { device, audience, venue, accessPoint } = reply
    const pin = verdict === 'pinned' ? { root } : verdict === 'to-compare' ? { unconfirmed: root } : { named: root }
    access.forget()
    await keep({ kind: 'enrolled', server, device, audience, key, venue, accessPoint, ...pin })
    proceed()
  }
  /** On from what is kept. */
  function proceed(): void {
    const known = enrolled()
    if (known && known.unconfirmed === undefined) parts.onIssuer(issuerOf(known))
    become(standingOf(credential))
    if (standing.kind === 'enrolled') void access.soon().catch(() => undefined)
  }

  function revoked(): void {
    if (credential?.kind !== 'enrolled') return
    wish++
    clearTimeout(timer)
    access.forget()
    // out of memory at once, and off the disk
    credential = { kind: 'revoked' }
    file.write(credential).catch(failed)
    become(withTrouble({ kind: 'revoked' }))
    parts.onRevoked()
  }

  return {
    access,
    standing: () => standing,
    roots: () => trustedRoots(parts.packedRoots, credential),
    enrol,
    confirmRoot(same) {
      const known = enrolled()
      if (known?.unconfirmed === undefined) return
      const { unconfirmed, ...rest } = known
      if (!same) {
        giveUp(known.server, 'other-root')
        return
      }
      keep({ ...rest, root: unconfirmed }).then(proceed, failed)
    },
    async rotateKey() {
      const known = enrolled()
      if (!known || known.unconfirmed !== undefined) return
      const next = known.next === undefined ? newKey() : openKey(known.next)
      const begun: Enrolled = { ...known, next: next.kept }
      await keep(begun)
      const wanted = { ...audienceOf(known), now: parts.now(), next: next.publicKey }
      const answer = await parts.client().rotateKey(await signAssertion(openKey(known.key), wanted))
      if (answer.kind === 'refused') {
        log.warn({ code: answer.code }, 'the key could not be exchanged')
        return
      }
      await keep(withKey(begun, next.kept))
      access.given(answer.token, answer.seconds)
      log.info('another key')
    },
    revoked,
    start() {
      if (credential?.kind === 'enrolling') {
        const again = credential
        become({ kind: 'enrolling', server: again.server })
        void tryToEnrol(again, ++wish)
      } else if (credential?.kind === 'enrolled') proceed()
      else if (parts.enrolment) enrol(parts.enrolment)
    },
    stop() {
      stopped = true
      wish++
      clearTimeout(timer)
      access.stop()
    },
  }
}

const withKey = ({ next: _next, ...known }: Enrolled, key: string): Enrolled => ({ ...known, key })
