import type { Locale } from '../letters/template.ts'
import type { Template } from '../letters/templates.ts'

export interface Attachment {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** What a feature asks for. `about`: the object it concerns, so that its page can show what became of the mail. */
export type Mail = Template & {
  readonly to: string
  readonly locale: Locale
  readonly about: { readonly kind: string; readonly id: string | number }
  readonly attachments?: readonly Attachment[]
}
