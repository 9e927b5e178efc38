import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { binaryArray, bytea, int2, int4, text, timestamptz, uuid, type ColumnType } from './binary-array.ts'

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client(inject('postgresUrl'))
  await client.connect()
})
afterAll(() => client.end())

const hex = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const time = fc.integer({ min: Date.UTC(0, 0, 1), max: Date.UTC(9999, 11, 31) })
function arrives<Value>(
  type: ColumnType<Value>,
  values: fc.Arbitrary<Value>,
  received: (sent: Value) => unknown = (sent) => sent,
): void {
  test(`${type.name} arrives as it was sent, nulls too`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values), { maxLength: 30 }), async (sent) => {
        const { rows } = await client.query<{ value: unknown }>(
          `select value from unnest($1::${type.name}[]) with ordinality as t (value, n) order by n`,
          [binaryArray(type, sent)],
        )
        expect(rows.map((row) => row.value)).toEqual(sent.map((each) => (each === null ? null : received(each))))
      }),
      { seed: 9285, numRuns: 40 },
    )
  })
}
arrives(int4, fc.integer())
arrives(int2, fc.integer({ min: -32768, max: 32767 }))
arrives(uuid, fc.uuid())
arrives(text, fc.string())
arrives(bytea, hex, (sent) => Buffer.from(sent, 'hex'))
arrives(timestamptz, time, (sent) => new Date(sent))
