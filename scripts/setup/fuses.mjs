// @ts-check
/** Electron's fuses: switches inside its program file, after a mark of 32 characters. */

/** followed by one byte version, one byte count, then '0' (off), '1' (on) or 'r' (removed) for each fuse */
const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const wanted = [
  // EnableNodeCliInspectArguments: Playwright attaches through --inspect
  { fuse: 3, value: '1' },
  // LoadBrowserProcessSpecificV8Snapshot: that snapshot is the other program's
  { fuse: 6, value: '0' },
]

/**
 * Changes the bytes in place.
 * @param {Buffer} program
 * @throws {Error} when this is no program with fuses as we know them
 */
export function flipFuses(program) {
  const at = program.indexOf(mark)
  const wire = at + mark.length
  if (at < 0 || program[wire] !== 1) throw new Error('this Electron has no fuses, or fuses of another version')
  for (const { fuse, value } of wanted) {
    const state = String.fromCharCode(program[wire + 2 + fuse] ?? 0)
    if (fuse >= (program[wire + 1] ?? 0) || !'01'.includes(state)) throw new Error(`fuse ${fuse} is not there`)
    program.write(value, wire + 2 + fuse, 'latin1')
  }
}
