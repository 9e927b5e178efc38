import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Migrated and empty; nobody is connected to it. */
export const TEMPLATE = 'dopusk_template'

export function databaseNamed(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** @param url of any database of the PostgreSQL to make it in; @returns the new database's */
export async function freshDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`create database ${name} template ${TEMPLATE}`)
  } finally {
    await client.end()
  }
  return databaseNamed(url, name)
}
