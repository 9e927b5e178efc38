import path from 'node:path'
import { z } from 'zod'
import { readEnrolment, type Enrolment } from '../../contract/kiosk/enrolment.ts'
import type { CameraChoice, KioskMode } from '../preload/kiosk-api.ts'

/** One way to say yes in the environment. */
const Flag = z.enum(['0', '1']).transform((value) => value === '1')

/**
 * The kiosk's settings: environment variable, meaning, default. Nothing here stays secret: the one code in it is good once.
 */
const Environment = z.object({
  /** folder of everything the kiosk keeps; one kiosk process a folder */
  DOPUSK_DATA: z.string().min(1).default('data/kiosk'),
  /** address of the central server; without it, of the one that the terminal was enrolled at */
  DOPUSK_SERVER: z.url({ protocol: /^https?$/ }).optional(),
  /** an enrolment code, as its QR code says it, for fleets and demonstrations: used where the terminal is not enrolled yet */
  DOPUSK_ENROL: z
    .string()
    .transform((text) => readEnrolment(text))
    .refine((enrolment) => enrolment !== undefined, 'DOPUSK-ENROL:https://server#CODE')
    .optional(),
  /** comma-separated root keys (raw Ed25519, base64url) that sign the key set; a packaged kiosk has its own in resources/ */
  DOPUSK_ROOT_KEYS: z
    .string()
    .regex(/^[\w-]{43}(,[\w-]{43})*$/, 'comma-separated Ed25519 public keys, base64url')
    .optional(),
  /** comma-separated serial ports to read besides those found by their USB ids */
  DOPUSK_SERIAL: z.string().default(''),
  /** which camera to read: `off`, `any`, or the name the system gives it; without it, what was chosen at set-up */
  DOPUSK_CAMERA: z.string().min(1).optional(),
  /** without it, what was chosen at set-up */
  DOPUSK_LANGUAGE: z.enum(['ru', 'en']).optional(),
  /** what kind of door this is; without it, what was chosen at set-up */
  DOPUSK_MODE: z.enum(['self-service', 'turnstile', 'desk']).optional(),
  /** WIDTHxHEIGHT of a plain window; without it the kiosk takes the whole screen and cannot be left */
  DOPUSK_WINDOW: z
    .string()
    .regex(/^\d{3,4}x\d{3,4}$/)
    .optional(),
  /** demonstration: opens a socket in the data folder through which `npm run demo:scan` types */
  DOPUSK_DEMO: Flag.default(false),
  /** after an outage uploads begin within this many seconds, at random, so that 20,000 kiosks do not come at once */
  DOPUSK_UPLOAD_JITTER: z.coerce.number().min(0).max(3600).default(300),
  DOPUSK_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface KioskSettings {
  readonly dataFolder: string
  readonly serverUrl?: string
  readonly enrolment?: Enrolment
  readonly rootKeys: readonly string[]
  readonly serialPorts: readonly string[]
  readonly camera?: CameraChoice
  readonly language?: 'ru' | 'en'
  readonly mode?: KioskMode
  readonly window?: { readonly width: number; readonly height: number }
  readonly demo: boolean
  readonly uploadJitterMs: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** @throws {Error} one sentence that names the variable */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): KioskSettings {
  // an empty variable is as good as none: so a shell or a unit file can take one away
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`Set ${issue?.path.join('.') ?? 'the environment'}: ${issue?.message ?? 'invalid'}`)
  }
  const { data } = parsed
  const [width, height] = (data.DOPUSK_WINDOW ?? '').split('x').map(Number)
  return {
    dataFolder: path.resolve(data.DOPUSK_DATA),
    ...(data.DOPUSK_SERVER === undefined ? {} : { serverUrl: data.DOPUSK_SERVER.replace(/\/+$/, '') }),
    ...(data.DOPUSK_ENROL ? { enrolment: data.DOPUSK_ENROL } : {}),
    rootKeys: data.DOPUSK_ROOT_KEYS?.split(',') ?? [],
    serialPorts: data.DOPUSK_SERIAL.split(',').filter((port) => port !== ''),
    ...(data.DOPUSK_CAMERA === undefined ? {} : { camera: cameraNamed(data.DOPUSK_CAMERA) }),
    ...(data.DOPUSK_LANGUAGE ? { language: data.DOPUSK_LANGUAGE } : {}),
    ...(data.DOPUSK_MODE ? { mode: data.DOPUSK_MODE } : {}),
    ...(width && height ? { window: { width, height } } : {}),
    demo: data.DOPUSK_DEMO,
    uploadJitterMs: data.DOPUSK_UPLOAD_JITTER * 1000,
    logLevel: data.DOPUSK_LOG_LEVEL,
  }
}

const cameraNamed = (name: string): CameraChoice =>
  name === 'off' || name === 'any' ? { kind: name } : { kind: 'chosen', deviceId: '', label: name }
