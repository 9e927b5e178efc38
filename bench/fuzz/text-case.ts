import type { PassCheck } from '../../contract/pass/pass.ts'

/** `accepted`: a pass that nobody issued came out authentic. `issued`: one that somebody did. */
export type Verdict = Exclude<PassCheck['kind'], 'authentic'> | 'accepted' | 'issued'

export interface TextCase {
  readonly how: string
  readonly input: string
  run(): Verdict
}
