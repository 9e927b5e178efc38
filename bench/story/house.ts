/** The server as it is run, fresh: PostgreSQL, keys made by their ceremony, a mail server on loopback. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { z } from 'zod'
import { testMailServer, type TestMailServer } from '../../server/testing/mail-server.ts'
import { ground } from '../server-process.ts'

const root = join(import.meta.dirname, '../..')
const Listening = z.object({ msg: z.literal('listening'), url: z.string() })

/** In the order it is qr-kod@stavregion.ru. */
export const OPERATOR_MAILBOX = 'qr-kod@it-centre.example'

export interface House {
  readonly mail: TestMailServer
  /** all that the server has written to its log */
  readonly log: readonly string[]
  /** Runs one of npm's commands. @returns what it printed last */
  command(file: string, ...args: readonly string[]): Promise<string>
  /** @returns its address, and the link that makes the first Operator */
  start(): Promise<{ readonly url: string; readonly link: string }>
  clear(): Promise<void>
}

export async function freshHouse(): Promise<House> {
  const place = await ground()
  const mail = await testMailServer()
  const log: string[] = []
  const env = {
    ...process.env,
    DATABASE_URL: place.databaseUrl,
    DOPUSK_DATA: place.folder,
    DOPUSK_DEMO: '0',
    PORT: '0',
    LOG_LEVEL: 'trace',
    SMTP_URL: mail.settings.smtpUrl ?? '',
    OPERATOR_EMAIL: OPERATOR_MAILBOX,
    MAIL_FROM: 'Допуск <dopusk@example.org>',
  }
  let server: ChildProcess | undefined
  return {
    mail,
    log,
    command: async (file, ...args) => {
      const { stdout } = await promisify(execFile)(process.execPath, [join(root, file), ...args], { cwd: root, env })
      return stdout.trim().split('\n').at(-1) ?? ''
    },
    start: () =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [join(root, 'server/main.ts')], { cwd: root, env, stdio: 'pipe' })
        server = child
        let url: string | undefined
        let link: string | undefined
        const ready = (): void => {
          if (url !== undefined && link !== undefined) resolve({ url, link })
        }
        child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
        createInterface({ input: child.stdout }).on('line', (line) => {
          log.push(line)
          const { data } = Listening.safeParse(JSON.parse(line))
          url = data?.url ?? url
          ready()
        })
        // to the person who starts it, not to the log
        createInterface({ input: child.stderr }).on('line', (line) => {
          link = /^https?:\S+#\S+$/.exec(line.trim())?.[0] ?? link
          ready()
        })
      }),
    clear: async () => {
      if (server && server.exitCode === null) {
        const ended = new Promise((resolve) => server?.once('exit', resolve))
        server.kill('SIGTERM')
        await ended
      }
      await mail.stop()
      await place.clear()
    },
  }
}
