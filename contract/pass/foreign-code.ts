/**
 * What a code that is not ours seems to be: by its beginning only, as each format's own standard has it. Never throws,
 * keeps nothing of the text.
 */
import { CALIBRATION_TEXT } from '../kiosk/calibration.ts'

export const FOREIGN_CODES = [
  /** EU Digital COVID Certificate (and other certificates of its family) */
  'health-certificate',
  /** SMART Health Card */
  'health-card',
  /** the poster of a venue, to be scanned with a phone */
  'poster',
  /** our calibration sheet */
  'calibration',
  'web-address',
  'payment',
  'wifi',
  'contact',
  /** goods: GS1, Chestny ZNAK, EAN */
  'goods',
  'other',
] as const
export type ForeignCode = (typeof FOREIGN_CODES)[number]

const POSTER = /^https?:\/\/[^/\s]+\/v\/[0-9A-Za-z-]{1,16}(?:[/?#].*)?$/i

const BEGINNINGS: readonly (readonly [ForeignCode, RegExp])[] = [
  ['calibration', CALIBRATION_TEXT],
  // DCC: "HC1:" and its kin are Context Identifiers of the EU specification, volume 3 §2.1
  ['health-certificate', /^(?:HC\d|NZCP|DGC|NL\d):/i],
  ['health-card', /^shc:\//i],
  ['poster', POSTER],
  // GOST R 56042: ST0001 and the coding; EPC069-12: BCD; Sberbank's and SBP's links are web addresses of their own
  ['payment', /^(?:ST0001\d|BCD\r?\n|https?:\/\/qr\.nspk\.ru\/|upi:)/i],
  ['wifi', /^WIFI:/i],
  ['contact', /^(?:BEGIN:VCARD|MECARD:|tel:|mailto:|smsto:)/i],
  ['web-address', /^(?:https?:\/\/|www\.)/i],
  // FNC1 arrives as an AIM identifier; an identification number of a product is (01) and 14 digits
  ['goods', /^(?:\](?:C1|d2|e0|E0)|\(01\)\d{14}|01\d{14}(?!\d{5,}$)|\d{8}$|\d{12,14}$)/],
]

export function foreignCodeOf(text: string): ForeignCode {
  return BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0] ?? 'other'
}
