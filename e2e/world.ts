/** The real thing in a folder of its own: server process with its PostgreSQL, kiosks under Electron, passes to show. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { z } from 'zod'
import { KeySet, SignedDocument } from '../contract/kiosk/keys.ts'
import { writePass, type PassClaims } from '../contract/pass/pass.ts'
import { readDocument } from '../server/keys/signed-document.ts'
import { enrolmentAt } from './enrolment.ts'

const ROOT = path.resolve(import.meta.dirname, '..')

const Demo = z.object({
  url: z.string(),
  enrolment: z.string(),
  rootKey: z.string(),
  samples: z.array(z.object({ name: z.string(), file: z.string(), text: z.string(), expect: z.string() })),
})
const Listening = z.object({ msg: z.literal('listening'), url: z.string() })

export interface ServerProcess {
  readonly url: string
  readonly dataFolder: string
  readonly demo: z.infer<typeof Demo>
  readonly log: string[]
  /** Stops it: SIGTERM and away, or as a power cut would (its PostgreSQL stays, as after a crash). */
  stop(): Promise<void>
  kill(): Promise<void>
  /** Stopped in its tracks: connections stay open, nothing answers. */
  freeze(): void
  thaw(): void
}

export const temporaryFolder = (name: string): string => fs.mkdtempSync(path.join(os.tmpdir(), `dopusk-${name}-`))

export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts the server with demonstration data. A port that is given again after a stop makes it the same server. */
export async function startServer(
  dataFolder: string,
  port: number,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...environment,
      LOG_LEVEL: 'info',
      DOPUSK_DATA: dataFolder,
      PORT: String(port),
      DOPUSK_DEMO: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    const take = (line: string): void => {
      log.push(line)
      const parsed = Listening.safeParse(asJson(line))
      if (parsed.success) resolve(parsed.data.url)
    }
    readline.createInterface({ input: child.stdout }).on('line', take)
    readline.createInterface({ input: child.stderr }).on('line', take)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log.slice(-20).join('\n')}`)))
  })
  const demo = Demo.parse(JSON.parse(fs.readFileSync(path.join(dataFolder, 'demo/demo.json'), 'utf8')))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill('SIGCONT')
    child.kill(signal)
    await ended(child)
  }
  return {
    url,
    dataFolder,
    demo,
    log,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}

export interface KioskProcess {
  readonly app: ElectronApplication
  readonly window: Page
  readonly dataFolder: string
  /** lines of its log, as they come */
  readonly log: readonly string[]
  /** What the screen says: the `data-screen` of the page's root. */
  state(): Promise<string | null>
  close(): Promise<void>
  kill(): Promise<void>
}

/** @param enrolment `''`: it is not enrolled, or was before */
export const kioskEnvironment = (
  enrolment: string,
  { rootKey }: Pick<ServerProcess['demo'], 'rootKey'>,
  dataFolder: string,
): Record<string, string> => ({
  DOPUSK_ENROL: enrolment,
  DOPUSK_ROOT_KEYS: rootKey,
  DOPUSK_DATA: dataFolder,
  DOPUSK_WINDOW: '1280x800',
  DOPUSK_UPLOAD_JITTER: '0',
  // set up by its environment: no wizard
  DOPUSK_MODE: 'self-service',
})

/** How a kiosk is started, where not as ever. */
export interface Launch {
  /** command-line switches of Chromium */
  readonly switches?: readonly string[]
  /** folder of the built application */
  readonly application?: string
}

/** A kiosk under real Electron on the display of this process, enrolled at the demonstration's entrance unless said otherwise. */
export async function startKiosk(
  server: Pick<ServerProcess, 'url' | 'demo' | 'dataFolder'>,
  dataFolder: string,
  environment: Record<string, string> = {},
  { switches = [], application = ROOT }: Launch = {},
): Promise<KioskProcess> {
  const isKnown = 'DOPUSK_ENROL' in environment || fs.existsSync(path.join(dataFolder, 'device.sealed'))
  const enrolment = isKnown ? '' : await enrolmentAt(server)
  const app = await _electron.launch({
    args: [...switches, '.'],
    cwd: application,
    env: {
      ...(process.env as Record<string, string>),
      ...kioskEnvironment(enrolment, server.demo, dataFolder),
      ...environment,
    },
  })
  const child = app.process()
  const log: string[] = []
  if (child.stderr) readline.createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const window = await app.firstWindow()
  await window.waitForSelector('[data-screen]')
  return {
    app,
    window,
    dataFolder,
    log,
    state: () => window.locator('[data-screen]').first().getAttribute('data-screen'),
    close: async () => {
      await app.close()
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}

/** Issues static passes with the demonstration's own key, as the server would. */
export async function passIssuer(
  server: Pick<ServerProcess, 'url' | 'dataFolder'>,
): Promise<(claims?: Partial<PassClaims>) => string> {
  const { jws } = SignedDocument.parse(await (await fetch(`${server.url}/v1/keys`)).json())
  const { keys } = readDocument(jws, KeySet)
  for (const key of keys) {
    const file = path.join(server.dataFolder, 'server/keys', `pass-${key.publicKey}.pem`)
    if (key.use !== 'static' || key.revoked || !fs.existsSync(file)) continue
    const privateKey = createPrivateKey(fs.readFileSync(file))
    return (claims) =>
      writePass(
        {
          keyId: key.keyId,
          expiresAt: Math.floor(Date.now() / 1000) + 86_400,
          handle: randomBytes(10).toString('hex'),
          ...claims,
        },
        (signed) => sign(null, signed, privateKey),
      )
  }
  throw new Error('the demonstration has no static key of its own')
}

export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()))

function asJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
