/** vectors/decide.json, for whoever decides: server and kiosk are both held to it. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { DEFAULT_RULES, DecisionRules, type DecisionFacts, type Ruling } from '../decide/decide.ts'
import type { PassCheck } from '../pass/pass.ts'
import file from '../vectors/decide.json' with { type: 'json' }

const Age = z.int().nonnegative()
const Facts = z.strictObject({
  standing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['unknown', 'replaced']) }),
    z.strictObject({ kind: z.enum(['unlisted', 'restricted']), age: Age }),
  ]),
  now: z.int(),
  clockTrusted: z.boolean(),
  venueCode: z.string(),
  keySetAge: Age,
  sinceLastEntry: Age.exactOptional(),
})
const Pass = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['unreadable', 'forged', 'revoked-key']) }),
  z.strictObject({ kind: z.literal('unknown-key'), keyId: z.int() }),
  z.strictObject({
    kind: z.literal('authentic'),
    use: z.enum(['static', 'dynamic', 'phone']),
    lifetime: z.int(),
    expiresAt: z.int(),
    audience: z.string().exactOptional(),
  }),
])
type Pass = z.infer<typeof Pass>

const DecideVectors = z.strictObject({
  about: z.string(),
  passes: z.record(z.string(), Pass),
  base: Facts,
  vectors: z.array(
    z.strictObject({
      name: z.string(),
      pass: z.string(),
      facts: Facts.partial(),
      rules: DecisionRules.unwrap().partial().optional(),
      expect: z.strictObject({ outcome: z.string(), row: z.int(), reason: z.string().optional() }),
    }),
  ),
})
const { passes, base, vectors } = DecideVectors.parse(file)
export { vectors as decideVectors }

/** What each vector came out otherwise than it must, in words; empty where all is well. */
export function runDecideVectors(decide: (facts: DecisionFacts, rules: DecisionRules) => Ruling): readonly string[] {
  return vectors.flatMap(({ name, pass, facts, rules, expect }) => {
    const allFacts = { ...Facts.parse({ ...base, ...facts }), pass: passNamed(pass) } as const
    const ruling = decide(allFacts, DecisionRules.parse({ ...DEFAULT_RULES, ...rules }))
    return isDeepStrictEqual(ruling, expect) ? [] : [`${name}: ${JSON.stringify(ruling)}`]
  })
}

function passNamed(name: string): PassCheck {
  const pass = passes[name]
  if (!pass) throw new Error(`vectors/decide.json has no pass ${name}`)
  return pass.kind === 'authentic' ? authentic(pass) : pass
}

function authentic({ use, lifetime, expiresAt, audience }: Extract<Pass, { kind: 'authentic' }>): PassCheck {
  return {
    kind: 'authentic',
    claims: { keyId: 1, expiresAt, handle: '00112233445566778899', ...(audience !== undefined && { audience }) },
    key: { keyId: 1, use, lifetime, publicKey: 'A'.repeat(43), revoked: false },
  }
}
