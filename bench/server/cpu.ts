import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second. */
const TICK_US = 10_000

/** Microseconds of CPU that a process and its children (those alive) have used; 0 where there is no /proc. */
export function cpuTime(pid: number): number {
  let ticks = 0
  for (const entry of folder('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = fieldsOf(entry)
    if (Number(entry) === pid || Number(stat[1]) === pid) ticks += Number(stat[11]) + Number(stat[12])
  }
  return ticks * TICK_US
}

const folder = (path: string): string[] => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** After the command's name: state, parent, …, utime (12th), stime (13th). A process may end while we look. */
function fieldsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}
