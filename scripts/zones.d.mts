export interface Zone {
  readonly name: string
  readonly files: readonly string[]
  readonly may: readonly string[] | 'all'
  readonly types?: readonly string[]
  readonly packages: readonly string[] | 'any'
  readonly not?: readonly string[]
  readonly node: boolean
  readonly lazy?: readonly string[]
  readonly why: string
}
export const features: readonly string[]
export const below: readonly string[]
export const zones: readonly Zone[]
export const owned: readonly { readonly package: string; readonly files: readonly string[]; readonly why: string }[]
export function zoneOf(file: string): Zone | undefined
