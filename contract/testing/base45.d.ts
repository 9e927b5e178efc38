/** The other implementation that ours is held against; it comes without types. */
declare module '@digitalbazaar/base45' {
  export function encode(bytes: Uint8Array): string
}
