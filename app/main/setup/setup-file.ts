/**
 * What was chosen for this door at set-up, kept in `setup.json` of the kiosk's data folder. Environment settings, where
 * given, win over it (tests, demonstrations, fleets that are provisioned by script).
 */
import fs from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'

const Prefix = z.string().max(16)
const PortPath = z.string().min(1)
const PORTS_AT_MOST = 16

export const KioskSetup = z
  .strictObject({
    /** self-service: the visitor alone; turnstile: the result only; desk: an employee decides */
    mode: z.enum(['self-service', 'turnstile', 'desk']),
    language: z.enum(['ru', 'en']),
    camera: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('off') }),
      /** whichever there is */
      z.strictObject({ kind: z.literal('any') }),
      z.strictObject({ kind: z.literal('chosen'), deviceId: z.string().min(1), label: z.string() }),
    ]),
    /** ports to read besides those found by their USB ids */
    serialPorts: z
      .array(z.strictObject({ path: PortPath, baudRate: z.literal([9600, 19200, 38400, 57600, 115200]) }).readonly())
      .max(PORTS_AT_MOST)
      .readonly(),
    /** what each kind of scanner puts before a code, learnt at calibration */
    prefixes: z.strictObject({ wedge: Prefix, serial: Prefix, hid: Prefix }).readonly(),
    /** scrypt of the staff PIN, `salt:hash` in base64url; without one set-up is open */
    pin: z.string().optional(),
    /** whom to call when the terminal is out of order: a name, a telephone */
    contact: z.string().min(1).max(80).optional(),
  })
  .readonly()
export type KioskSetup = z.infer<typeof KioskSetup>

/** Of a scanner that nobody has set otherwise. */
export const USUAL_BAUD_RATE = 9600

export const DEFAULT_SETUP: KioskSetup = {
  mode: 'self-service',
  language: 'ru',
  camera: { kind: 'any' },
  serialPorts: [],
  prefixes: { wedge: '', serial: '', hid: '' },
}

/** As it was written while a port was its path alone and only the keyboard scanner's prefix was kept. */
const EarlierSetup = KioskSetup.unwrap()
  .omit({ prefixes: true })
  .extend({ serialPorts: z.array(PortPath).max(PORTS_AT_MOST), wedgePrefix: Prefix })
  .transform(({ serialPorts, wedgePrefix, ...rest }): KioskSetup => ({
    ...rest,
    serialPorts: serialPorts.map((path) => ({ path, baudRate: USUAL_BAUD_RATE })),
    prefixes: { ...DEFAULT_SETUP.prefixes, wedge: wedgePrefix },
  }))
const SetupFile = z.union([KioskSetup, EarlierSetup])

/** `undefined`: never set up, or the file cannot be read (then it is set up anew). */
export function readSetup(file: string): KioskSetup | undefined {
  try {
    const parsed = SetupFile.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export const writeSetup = (file: string, setup: KioskSetup): Promise<void> =>
  writeFileAtomic(file, JSON.stringify(setup, null, 2), { mode: 0o600 })
