import type pg from 'pg'

/** All or nothing. The connection is thrown away where even the rollback fails. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (thrown) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw thrown
  } finally {
    client.release(broken)
  }
}
