/** `npm run bench -- <name> [--option N …]`. Each bench is a file named for it that exports a function. */
export {}

const benches: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  camera: async () => (await import('./camera.ts')).camera,
  reconnect: async () => (await import('./reconnect.ts')).reconnectBench,
  scan: async () => (await import('./scan.ts')).scan,
  start: async () => (await import('./start.ts')).start,
  'deny-list': async () => (await import('./deny-list.ts')).denyList,
  server: async () => (await import('./server.ts')).server,
  stream: async () => (await import('./stream.ts')).stream,
  upload: async () => (await import('./upload.ts')).uploadBench,
}

const [name = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(benches, name) ? benches[name] : undefined
if (!load) {
  console.error(`Which bench? One of: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
await (
  await load()
)(args)
// a bench's helpers may still hold a socket
process.exit()
