/** A value that a schema of the contract allows, made of its JSON Schema. */
import fc from 'fast-check'
import { z } from 'zod'
import type { Random } from './random.ts'

/** What can stand at a name where any value of its type would be refused before anything interesting happens. */
export type Fitting = Readonly<Record<string, (random: Random) => unknown>>

const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
})

const jsonSchemas = new WeakMap<z.ZodType, z.core.JSONSchema.JSONSchema>()
const matching = new Map<string, fc.Arbitrary<string>>()

/** @throws for a JSON Schema that says something unheard of */
export function validValue(schema: z.ZodType, random: Random, fitting: Fitting): unknown {
  const root = jsonSchemas.get(schema) ?? z.toJSONSchema(schema, { io: 'input' })
  jsonSchemas.set(schema, root)
  return value(root, { random, fitting, named: root.$defs ?? {} })
}

interface Making {
  readonly random: Random
  readonly fitting: Fitting
  readonly named: Readonly<Record<string, unknown>>
}

function value(of: unknown, making: Making): unknown {
  const { random, fitting, named } = making
  const schema = Schema.parse(of)
  if (schema.$ref !== undefined) return value(named[schema.$ref.replace('#/$defs/', '')], making)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  const choice = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (choice) return value(random.pick(choice), making)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) ?? random.once(2))
          .map(([name, inner]) => {
            const fits = fitting[name]
            return [name, fits && !random.once(10) ? fits(random) : value(inner, making)]
          }),
      )
    case 'array': {
      const least = schema.minItems ?? 0
      const length = least + random.below(Math.min(schema.maxItems ?? 6, random.once(40) ? 200 : 6) - least + 1)
      return Array.from({ length }, () => value(schema.items ?? {}, making))
    }
    case 'string':
      return text(schema, random)
    case 'integer':
    case 'number': {
      const least = Math.max(schema.minimum ?? -1000, (schema.exclusiveMinimum ?? -1001) + 1)
      return random.once(20) ? (schema.maximum ?? least) : least + random.below(1000)
    }
    case 'null':
      return null
    case 'boolean':
      return random.once(2)
    case undefined:
      return random.below(1000)
    default:
      throw new Error(`no value for a JSON Schema of type ${schema.type}`)
  }
}

function text(schema: z.infer<typeof Schema>, random: Random): string {
  const { pattern, minLength = 0, maxLength = 40 } = schema
  if (pattern !== undefined) {
    const texts = matching.get(pattern) ?? fc.stringMatching(new RegExp(pattern))
    matching.set(pattern, texts)
    return fc.sample(texts, { seed: random.next(), numRuns: 1 })[0] ?? ''
  }
  const length = minLength + random.below(Math.min(maxLength, random.once(20) ? 400 : 40) - minLength + 1)
  return Buffer.from(random.bytes(length)).toString('latin1')
}
