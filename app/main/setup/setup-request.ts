import { z } from 'zod'
import type { SetupRequest } from '../../preload/setup-api.ts'
import { KioskSetup } from './setup-file.ts'
import { PIN_TEXT } from './pin.ts'

const { shape } = KioskSetup.unwrap()
const Settings = z.strictObject({
  mode: shape.mode,
  language: shape.language,
  camera: shape.camera,
  serialPorts: shape.serialPorts,
  prefixes: shape.prefixes,
  contact: shape.contact,
})

/** The window is another process: what it asks for is looked at first. */
export const SetupRequestSchema: z.ZodType<SetupRequest> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('pin'), pin: z.string().regex(PIN_TEXT) }),
  z.strictObject({ kind: z.literal('listen'), as: z.enum(['typing', 'choosing', 'calibrating']) }),
  z.strictObject({ kind: z.literal('alive') }),
  z.strictObject({ kind: z.literal('ports'), ports: shape.serialPorts }),
  z.strictObject({ kind: z.literal('camera'), choice: shape.camera }),
  z.strictObject({
    kind: z.literal('enrol'),
    server: z.url({ protocol: /^https?$/ }).max(200),
    code: z.string().max(40),
  }),
  z.strictObject({ kind: z.literal('confirm-root'), same: z.boolean() }),
  z.strictObject({ kind: z.literal('calibrate-anew') }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({
    kind: z.literal('finish'),
    settings: Settings,
    pin: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('keep') }),
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('new'), pin: z.string().regex(PIN_TEXT) }),
    ]),
  }),
])
