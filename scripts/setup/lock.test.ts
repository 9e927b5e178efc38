import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone, identityOf, lives, read, release, take, write } from './lock.mjs'

let folder: string
let file: string
let other: ChildProcess

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dopusk-lock-'))
  file = join(folder, 'it.lock')
  other = spawn('sleep', ['60'])
  await once(other, 'spawn')
})
afterEach(() => {
  other.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const kill = async (): Promise<void> => {
  other.kill('SIGKILL')
  await once(other, 'exit')
}

describe('a lock', () => {
  test('is taken once, and again when it was released', () => {
    expect(take(file)).toMatchObject({ kind: 'taken' })
    expect(take(file)).toMatchObject({ kind: 'held', by: { pid: process.pid } })
    release(file)
    expect(take(file)).toMatchObject({ kind: 'taken' })
  })

  test('of a living process holds; of a dead one it passes on with what that wrote', async () => {
    const holder = identityOf(other.pid ?? 0)
    write(file, { ...holder, children: [holder] })
    expect(take(file)).toMatchObject({ kind: 'held', by: holder })
    await kill()
    expect(take(file)).toMatchObject({ kind: 'taken', left: { children: [holder] } })
    expect(read(file)?.pid).toBe(process.pid)
  })

  test('is not held by a stranger that got the dead one’s process id', () => {
    write(file, { pid: other.pid, started: 'long ago' })
    expect(take(file)).toMatchObject({ kind: 'taken' })
  })

  test.each(['', '{', '[]', '{"pid":"1"}', 'null'])('with %j in it is nobody’s', (text) => {
    writeFileSync(file, text)
    expect(take(file)).toMatchObject({ kind: 'taken' })
  })
})

test('two at the same work do it one after the other', async () => {
  const done: string[] = []
  const work = (name: string) => () =>
    alone(
      file,
      () => done.push(`${name} waits`),
      async () => {
        done.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 20))
        done.push(`${name} ends`)
      },
    )
  await Promise.all([work('a')(), work('b')()])
  expect(done).toEqual(['a begins', 'b waits', 'a ends', 'b begins', 'b ends'])
  expect(existsSync(file)).toBe(false)
})

test('a killed process does not live, ours does', async () => {
  const holder = identityOf(other.pid ?? 0)
  expect(lives(holder)).toBe(true)
  await kill()
  expect(lives(holder)).toBe(false)
  expect(lives(identityOf(process.pid))).toBe(true)
})
