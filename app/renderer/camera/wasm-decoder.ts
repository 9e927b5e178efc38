/** ZXing-C++ in WebAssembly, given grey pictures. Nothing is fetched here: the module is handed in. */
import {
  BINARIZERS,
  CHARACTER_SETS,
  defaultReaderOptions,
  EAN_ADD_ON_SYMBOLS,
  encodeFormats,
  prepareZXingModule,
  TEXT_MODES,
  ZXING_WASM_SHA256,
  type ZXingReaderOptions,
  type ZXingReadResult,
  type ZXingVector,
} from 'zxing-wasm/reader'
import type { Decoder, Symbol } from './decoder.ts'
import { createRoom, halve, soften, type Luma } from './luma.ts'
import { textFromBytes } from './text-from-bytes.ts'

/** Found in a hall: screens and near codes need `tryDownscale`, dark themes `tryInvert`; QR codes need no rotated passes. */
const THOROUGH: ZXingReaderOptions = {
  // also what this grey entry must be given although it no longer looks at it
  ...defaultReaderOptions,
  formats: encodeFormats(['QRCode']),
  tryHarder: true,
  tryInvert: true,
  tryDownscale: true,
  tryRotate: false,
  tryDenoise: false,
  maxNumberOfSymbols: 1,
  returnErrors: false,
  // where the package's public face takes names, this takes their numbers
  binarizer: BINARIZERS.indexOf('LocalAverage'),
  eanAddOnSymbol: EAN_ADD_ON_SYMBOLS.indexOf('Ignore'),
  textMode: TEXT_MODES.indexOf('Plain'),
  characterSet: CHARACTER_SETS.indexOf('Unknown'),
}
/** Over the half-size picture, before the other: it answers most visitors in a third of the time. */
const QUICK: ZXingReaderOptions = { ...THOROUGH, tryHarder: false, tryInvert: false, tryDownscale: false }
/** One threshold for the whole picture: blind to a lamp's shadow, and less misled by what is fine and regular. */
const BY_ONE_THRESHOLD: ZXingReaderOptions = { ...THOROUGH, binarizer: BINARIZERS.indexOf('GlobalHistogram') }
/**
 * What the two searches miss, one of these may read: they take turns, one a picture, so that a picture without a code costs
 * half as much again and not three times. Of drawn codes on screens with moiré they read 2 of 5 that are missed else, in a
 * dim hall nearly all, and of those smeared and noisy nearly all (`npm run bench -- camera` counts them).
 */
const SECOND_LOOKS: readonly { readonly softened: boolean; readonly options: ZXingReaderOptions }[] = [
  { softened: true, options: BY_ONE_THRESHOLD },
  { softened: false, options: BY_ONE_THRESHOLD },
  { softened: true, options: THOROUGH },
]
/** When what was found is not what is wanted: another code may be in the picture. */
const SEVERAL: ZXingReaderOptions = { ...THOROUGH, maxNumberOfSymbols: 8 }
/** Also what was found and could not be read; as many as there may be, so that the search goes on past the first. */
const UNREADABLE_TOO: ZXingReaderOptions = { ...SEVERAL, returnErrors: true }
/** Long side, pixels: a smaller picture is searched whole at once. */
const HALVED_FROM = 640

/** The package's own entry for grey pictures, which it does not show to the world. */
interface GreyModule {
  readonly _malloc: (bytes: number) => number
  readonly _free: (at: number) => void
  /** another one whenever the memory has grown */
  readonly HEAPU8: Uint8Array
  readonly readBarcodesFromPixmap: (
    at: number,
    width: number,
    height: number,
    options: ZXingReaderOptions,
  ) => ZXingVector<ZXingReadResult>
}

/** @throws {Error} when this is not the WebAssembly module we know, or it cannot be started */
export async function startWasmDecoder(wasm: ArrayBuffer): Promise<Decoder> {
  if ((await sha256(wasm)) !== ZXING_WASM_SHA256) throw new Error('the code reader is not the one that was shipped')
  // with the bytes given the module asks nobody for them; without, it would ask a content network
  const module: unknown = await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true })
  if (!isGreyModule(module)) throw new Error('the code reader has another shape than expected')
  const search = searchIn(module)
  const room = createRoom()
  const softRoom = createRoom()
  let turn = 0

  function lookAgain(picture: Luma): Symbol | undefined {
    const look = SECOND_LOOKS[turn++ % SECOND_LOOKS.length]
    return look && search(look.softened ? soften(picture, softRoom) : picture, look.options, 1)[0]
  }

  return {
    name: 'zxing-wasm',
    decode(picture, wanted) {
      const isSmall = Math.max(picture.width, picture.height) < HALVED_FROM
      const first =
        (isSmall ? undefined : search(halve(picture, room), QUICK, 2)[0]) ??
        search(picture, THOROUGH, 1)[0] ??
        lookAgain(picture)
      if (first === undefined || wanted(first.text)) return first
      const all = search(picture, SEVERAL, 1)
      return all.find(({ text }) => wanted(text)) ?? first
    },
    glimpse: (picture) => search(picture, UNREADABLE_TOO, 1)[0]?.corners,
  }
}

/** `scale`: pixels of the camera's picture a pixel of this one. */
type Search = (picture: Luma, options: ZXingReaderOptions, scale: number) => readonly Symbol[]

function searchIn(module: GreyModule): Search {
  let space = { at: 0, bytes: 0 }
  return ({ data, width, height }, options, scale) => {
    if (space.bytes < data.length) {
      if (space.at !== 0) module._free(space.at)
      space = { at: module._malloc(data.length), bytes: data.length }
      if (space.at === 0) throw new Error('the code reader is out of memory')
    }
    module.HEAPU8.set(data, space.at)
    const results = module.readBarcodesFromPixmap(space.at, width, height, options)
    const symbols: Symbol[] = []
    for (let at = 0; at < results.size(); at++) {
      const result = results.get(at)
      // an empty text is no read: some decoders see one in noise
      if (result && (options.returnErrors || (result.isValid && result.bytes.length > 0)))
        symbols.push(symbolOf(result, scale))
    }
    release(results)
    return symbols
  }
}

function symbolOf({ bytes, text, position }: ZXingReadResult, scale: number): Symbol {
  const { topLeft, topRight, bottomRight, bottomLeft } = position
  const point = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({ x: x * scale, y: y * scale })
  return {
    text: textFromBytes(bytes, text),
    corners: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)],
  }
}

/** A list lives in the module's memory: it is given back now, not when a collector comes by. */
function release(list: object): void {
  if ('delete' in list && typeof list.delete === 'function') Reflect.apply(list.delete, list, [])
}

/** Another version of the package may have another shape, and is then not used. */
function isGreyModule(module: unknown): module is GreyModule {
  if (typeof module !== 'object' || module === null) return false
  const has = (name: string): boolean => typeof Reflect.get(module, name) === 'function'
  return (
    has('_malloc') &&
    has('_free') &&
    has('readBarcodesFromPixmap') &&
    Reflect.get(module, 'HEAPU8') instanceof Uint8Array
  )
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
