/** The demonstration: a museum with an entry and an exit, a code for its kiosk, and people with passes of every kind. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { z } from 'zod'
import { rule } from '../admission/admission.ts'
import { readEnrolment, writeEnrolment } from '../../contract/kiosk/enrolment.ts'
import { checkPass } from '../../contract/pass/pass.ts'
import type { Sql } from '../db/pool.ts'
import { makeDemoRegister } from './demo-register.ts'
import { makeDemoAccounts } from './demo-accounts.ts'
import { addRestriction, loadRestrictions } from '../deny-list/restrictions.store.ts'
import { isOpenCode, makeCode } from '../devices/codes.store.ts'
import { newKeyPair, thumbprint } from '../keys/key-file.ts'
import { ensureKeySet, loadPassKeys } from '../keys/key-set.ts'
import { verifyEd25519 } from '../keys/verify-ed25519.ts'
import { loadRules } from '../venues/rules.store.ts'
import { accessPointsOf, addAccessPoint, addVenue, findVenue } from '../venues/venues.store.ts'
import type { AccessPoint } from '../venues/venue.ts'
import { newHandle, newSigningKey, signingKey, signPass, type SigningKey } from '../passes/pass-signing.io.ts'

const Sample = z.object({ name: z.string(), file: z.string(), text: z.string(), expect: z.string() })
const Demo = z.object({
  url: z.string(),
  /** what a kiosk is started with (DOPUSK_ENROL), once: a code that no device has used yet */
  enrolment: z.string(),
  /** raw public key of the root that signs the key set, base64url */
  rootKey: z.string(),
  venue: z.object({ code: z.string(), name: z.string() }),
  accessPoints: z.array(z.object({ id: z.int(), name: z.string(), direction: z.enum(['entry', 'exit']) })),
  samples: z.array(Sample),
})
type Sample = z.infer<typeof Sample>

const VENUE = { code: 'K7', name: 'Краеведческий музей' }
const ENTRY = 'Вход 1'
const EXIT = 'Выход 1'
const DAY = 24 * 3600

/** What is there and still good stays. @returns writes demo.json, once the address is known */
export async function makeDemo(db: Sql, data: string): Promise<(url: string) => void> {
  const folder = join(data, 'demo')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'demo.json')
  const before = readDemo(file)
  const keys = join(data, 'server', 'keys')
  const venue = (await findVenue(db, VENUE.code)) ?? (await addVenue(db, VENUE.code, VENUE.name))
  const points = await accessPointsOf(db, venue)
  const point = async (name: string, direction: AccessPoint['direction']): Promise<AccessPoint> =>
    points.find((one) => one.name === name) ?? addAccessPoint(db, venue, name, direction)
  const entry = await point(ENTRY, 'entry')
  const exit = await point(EXIT, 'exit')
  await makeDemoAccounts(db, folder, venue)
  await makeDemoRegister(db, entry)
  const now = new Date()
  const given = before && readEnrolment(before.enrolment)?.code
  const code =
    given !== undefined && (await isOpenCode(db, given, now))
      ? given
      : (await makeCode(db, { accessPointId: entry.id, name: 'Киоск у входа', approved: true, now })).code
  const good = before !== undefined && (await asExpected(db, before.samples, entry))
  const samples = good ? before.samples : await makeSamples(db, folder, keys)
  const rootKey = await ensureKeySet(db, keys)
  const accessPoints = [entry, exit].map(({ id, name, direction }) => ({ id, name, direction }))
  return (url) => {
    const enrolment = writeEnrolment({ server: url, code, root: thumbprint(rootKey) })
    const demo: z.infer<typeof Demo> = { url, enrolment, rootKey, venue: VENUE, accessPoints, samples }
    writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  }
}

function readDemo(file: string): z.infer<typeof Demo> | undefined {
  try {
    return Demo.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // missing, torn or of another version: made anew
    return undefined
  }
}

/** Whether every sample still gets, tomorrow too, the answer it is a sample of. */
async function asExpected(db: Sql, samples: readonly Sample[], entry: AccessPoint): Promise<boolean> {
  const keys = await loadPassKeys(db)
  const { rules } = await loadRules(db)
  const restrictions = await loadRestrictions(db)
  return samples.every(({ text, expect }) =>
    [0, DAY].every((later) => {
      const ruling = rule(
        checkPass(text, { keys }, verifyEd25519),
        restrictions,
        entry,
        rules,
        Date.now() + later * 1000,
      )
      return expect === ('reason' in ruling ? `${ruling.outcome}:${ruling.reason}` : ruling.outcome)
    }),
  )
}

async function makeSamples(db: Sql, folder: string, keys: string): Promise<Sample[]> {
  const key = await signingKey(db, keys, 'static').catch(() => newSigningKey(db, keys, 'static'))
  const now = Math.floor(Date.now() / 1000)
  const pass = (signer: SigningKey, days: number): { text: string; handle: string } => {
    const handle = newHandle(randomBytes)
    return { text: signPass(signer, { handle, expiresAt: now + days * DAY }), handle }
  }
  const stranger = newKeyPair().privateKey
  const restricted = pass(key, 60)
  await addRestriction(db, {
    handle: restricted.handle,
    kind: 'restricted',
    from: new Date(),
    until: new Date(Date.now() + 14 * DAY * 1000),
    reason: 'demonstration',
  })
  const samples: Sample[] = [
    { name: 'Анна', file: 'admitted.png', text: pass(key, 60).text, expect: 'granted' },
    { name: 'Борис', file: 'admitted-2.png', text: pass(key, 60).text, expect: 'granted' },
    { name: 'Вера', file: 'admitted-3.png', text: pass(key, 60).text, expect: 'granted' },
    { name: 'Глеб', file: 'restricted.png', text: restricted.text, expect: 'denied:restricted' },
    { name: 'Дарья', file: 'expired.png', text: pass(key, -1).text, expect: 'check:expired' },
    // our key's number under another's signature
    {
      name: 'Егор',
      file: 'forged.png',
      text: pass({ ...key, privateKey: stranger }, 60).text,
      expect: 'denied:invalid',
    },
    {
      name: 'Жанна',
      file: 'other-region.png',
      text: pass({ ...key, keyId: 255, privateKey: stranger }, 60).text,
      expect: 'denied:invalid',
    },
  ]
  for (const { file, text } of samples) {
    writeFileSync(join(folder, file.replace('.png', '.txt')), `${text}\n`, { mode: 0o600 })
    // version 6 and its quiet zone are 49 modules: 637 pixels
    await QRCode.toFile(join(folder, file), [{ data: text, mode: 'alphanumeric' }], {
      errorCorrectionLevel: 'M',
      margin: 4,
      scale: 13,
    })
  }
  return samples
}
