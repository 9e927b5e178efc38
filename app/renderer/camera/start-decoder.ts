import type { Decoder } from './decoder.ts'
import { startWasmDecoder } from './wasm-decoder.ts'

export interface StartedDecoder {
  readonly decoder: Decoder
  /** why it is not the first choice */
  readonly insteadBecause?: string
}

/** ZXing-C++; where its WebAssembly cannot be had or started, ZXing in JavaScript. */
export async function startDecoder(fetchWasm: () => Promise<ArrayBuffer>): Promise<StartedDecoder> {
  try {
    return { decoder: await startWasmDecoder(await fetchWasm()) }
  } catch (error) {
    const { createLibraryDecoder } = await import('./library-decoder.ts')
    return { decoder: createLibraryDecoder(), insteadBecause: error instanceof Error ? error.message : String(error) }
  }
}
