/**
 * `npm run bench -- scan [--scans N] [--listed N]`: the last key of a code in real Electron → its answer painted. The server on
 * loopback, then gone (connections refused), then hung (stopped, connections open), with a deny list of 100,000. And the first
 * frame of a camera with a code in it → its answer painted, online.
 */
import path from 'node:path'
import pg from 'pg'
import type { ElectronApplication } from 'playwright-core'
import { freePort, passIssuer, startKiosk, startServer, temporaryFolder } from '../e2e/world.ts'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import { cameraToPainted } from './camera/camera-to-painted.ts'
import { numberOption, percentile, report } from './report.ts'

/** Types each code as a wedge would, waits until its result is painted, and returns the milliseconds of each. */
async function timeScans(app: ElectronApplication, codes: readonly string[]): Promise<readonly number[]> {
  return app.evaluate(
    async ({ BrowserWindow, ipcMain }, texts) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) throw new Error('no window')
      const shifted = '~!@#$%^&*()_+{}|:"<>?'
      const plain = "`1234567890-=[]\\;',./"
      const press = (key: string): void => {
        const at = shifted.indexOf(key)
        const modifiers: 'shift'[] = at >= 0 || /^[A-Z]$/.test(key) ? ['shift'] : []
        const keyCode = at >= 0 ? plain.charAt(at) : key
        contents.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
        contents.sendInputEvent({ type: 'keyUp', keyCode, modifiers })
      }
      const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
      const times: number[] = []
      for (const text of texts) {
        for (const character of text) press(character)
        // The characters' own events are through before the clock starts: what is timed is the last key.
        await pause(60)
        const painted = new Promise<void>((resolve, reject) => {
          ipcMain.once('painted', () => resolve())
          setTimeout(() => reject(new Error('not painted within 10 s')), 10_000).unref()
        })
        const start = performance.now()
        press('Enter')
        await painted
        times.push(performance.now() - start)
        await pause(20)
      }
      return times
    },
    [...codes],
  )
}

async function restrictMany(postgresFolder: string, count: number): Promise<void> {
  const { url } = await localPostgres(postgresFolder)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into restrictions (handle, kind, deny_from, deny_until, reason)
     select substring(sha256(n::text::bytea) for 10), 'restricted', now() - interval '1 hour', now() + interval '1 day', 'bench'
     from generate_series(1, $1::int) n`,
    [count],
  )
  await client.end()
}

export async function scan(args: readonly string[]): Promise<void> {
  const scans = numberOption(args, 'scans', 400)
  const listed = numberOption(args, 'listed', 100_000)
  const folder = temporaryFolder('bench-scan')
  const port = await freePort()
  const serverFolder = path.join(folder, 'server')
  let server = await startServer(serverFolder, port)
  await restrictMany(path.join(serverFolder, 'postgres'), listed)
  const issue = await passIssuer(server)
  const codes = (): string[] => Array.from({ length: scans }, () => issue())
  await new Promise((resolve) => setTimeout(resolve, 4000))

  const kiosk = await startKiosk(server, path.join(folder, 'kiosk'))
  await kiosk.window.waitForSelector('[data-screen=idle]')
  await timeScans(kiosk.app, codes().slice(0, 30))

  const online = await timeScans(kiosk.app, codes())
  await server.kill()
  const [, ...offline] = await timeScans(kiosk.app, [issue(), ...codes()])
  server = await startServer(serverFolder, port)
  await untilLinked(kiosk.app, issue)
  server.freeze()
  const [hungFirst = NaN, ...hung] = await timeScans(kiosk.app, [issue(), ...codes()])
  server.thaw()
  await kiosk.close()
  const camera = await cameraToPainted(server, () => issue(), folder)
  await server.stop()

  report('scan', {
    online_p50_ms: percentile(online, 50),
    online_p99_ms: percentile(online, 99),
    offline_p50_ms: percentile(offline, 50),
    offline_p99_ms: percentile(offline, 99),
    hung_first_ms: hungFirst,
    hung_p50_ms: percentile(hung, 50),
    hung_p99_ms: percentile(hung, 99),
    camera_p50_ms: percentile(camera, 50),
    camera_p99_ms: percentile(camera, 99),
    camera_scans: camera.length,
    scans: scans * 3,
    listed,
  })
}

/** The link is back when the edge of the screen has nothing to say of it. */
async function untilLinked(app: ElectronApplication, issue: () => string): Promise<void> {
  const window = await app.firstWindow()
  await window.waitForSelector('[data-link=up]', { state: 'attached', timeout: 60_000 })
  await timeScans(app, [issue(), issue(), issue()])
}
