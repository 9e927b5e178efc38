/** PostgreSQL refuses to run as root. Two ways round it that need no user account made. */
import { spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Called "nobody" everywhere. */
const nobody = 65534

/** A user namespace in which root is called nobody: PostgreSQL is content, and the files stay root's. */
const namespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`]

/** Really nobody, for containers that forbid user namespaces; the cluster's folder becomes nobody's. */
const setuid = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']

/**
 * What to put before a PostgreSQL command when we are root. A folder stays with the way it was made.
 * @param folder the cluster's folder; must exist
 * @param program PostgreSQL's own program, which the other user must be able to run
 * @throws {Error} one sentence, when neither way works
 */
export function rootWrapper(folder: string, program: string): readonly string[] {
  const nobodys = statSync(folder).uid === nobody
  if (!nobodys && works([...namespace, program, '--version'])) return namespace
  if (works([...setuid, program, '--version']) && works([...setuid, 'test', '-x', dirname(folder)])) {
    chownSync(folder, nobody, nobody)
    return setuid
  }
  throw new Error(
    'PostgreSQL does not run as root, and neither user namespaces nor the user "nobody" work here: start as another user, or set DATABASE_URL.',
  )
}

function works(command: readonly string[]): boolean {
  const [file = '', ...args] = command
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0
}
