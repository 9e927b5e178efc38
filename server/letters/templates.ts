import type { z } from 'zod'
import type { Letter, Locale, TemplateDeclaration } from './template.ts'
import { applicationDecided } from './application-decided.ts'
import { applicationForwarded } from './application-forwarded.ts'
import { confirmApplication } from './confirm-application.ts'
import { invitation } from './invitation.ts'
import { passwordReset } from './password-reset.ts'
import { poster } from './poster.ts'

/** All mails that are ever sent; a new one is a file in templates/ and a line here. */
const TEMPLATES = [invitation, passwordReset, confirmApplication, applicationDecided, applicationForwarded, poster]

type TemplateOf<Declaration> =
  Declaration extends TemplateDeclaration<infer Kind, infer Values>
    ? { readonly kind: Kind; readonly values: z.input<Values> }
    : never
/** What a feature hands over: which mail, and what stands in it. */
export type Template = TemplateOf<(typeof TEMPLATES)[number]>

const byKind = new Map<string, TemplateDeclaration<string, z.ZodType>>(
  // the union's members write from their own values only, which `letterOf` parses before it hands them over
  TEMPLATES.map((one) => [one.kind, one as unknown as TemplateDeclaration<string, z.ZodType>]),
)

/** @throws where no template has that name, or the values are not its own */
export function letterOf(kind: string, values: unknown, locale: Locale): Letter {
  const declaration = byKind.get(kind)
  if (!declaration) throw new Error(`there is no mail "${kind}"`)
  return declaration.write[locale](declaration.values.parse(values))
}

/** Whether its values must be forgotten once it is sent. */
export const isSecret = (kind: string): boolean => byKind.get(kind)?.secret ?? true
