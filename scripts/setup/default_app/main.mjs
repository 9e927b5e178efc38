/**
 * Stand-in for Electron's own default application: `electron [-r module]… [switches] <path>`, `-v`, `-a`.
 * An ES module with top-level await, as Electron's own is, so that applications finish loading before `ready`.
 */
import { app } from 'electron/main'
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { path, modules, print } = read(process.argv.slice(1))
if (print) {
  console.log(print)
  process.exit(0)
}
if (!path) {
  console.error('usage: electron [-r module] <path>')
  process.exit(1)
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
if (modules.length > 0) Module._preloadModules(modules)
try {
  const folder = resolve(path)
  const main = Module._resolveFilename(folder, null, true)
  app.setAppPath(introduce(folder) ? folder : dirname(main))
  await import(pathToFileURL(main).href)
} catch (error) {
  console.error(`The application failed to load\n${error?.stack ?? error}`)
  process.exit(1)
}

/** The first argument that is no switch is the application. */
function read(args) {
  const modules = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (arg === '-v' || arg === '--version') return { modules, print: `v${process.versions.electron}` }
    if (arg === '-a' || arg === '--abi') return { modules, print: process.versions.modules }
    if (arg === '-r' || arg === '--require') modules.push(args[++at])
    else if (arg.startsWith('--app=')) return { modules, path: arg.slice('--app='.length) }
    else if (!arg.startsWith('-')) return { modules, path: arg }
  }
  return { modules }
}

/** Gives the application the name and version of its package.json, where it has one. */
function introduce(folder) {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return false
  const { version, productName, name, desktopName } = JSON.parse(readFileSync(file, 'utf8'))
  if (version) app.setVersion(version)
  app.name = productName || name || app.name
  app.setDesktopName?.(desktopName || `${app.name}.desktop`)
  return true
}
