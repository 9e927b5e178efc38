/** The ESLint rule made of zones.mjs. Sees import, export … from, import(), import type, import('…') types, require(). */
import { isBuiltin } from 'node:module'
import { posix, relative, sep } from 'node:path'
import { owned, zoneOf } from './zones.mjs'

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/**
 * Why `file` (from the root, forward slashes) may not import `specifier`, or `undefined` where it may.
 * `how`: `value`, `type` (erased, never runs) or `lazy` (a dynamic import).
 */
function refusalOf(file, specifier, how) {
  const zone = zoneOf(file)
  if (!zone) return 'this file is in no zone: put its folder into scripts/zones.mjs'
  const refuse = (what) => `${zone.name} may not import ${what}: ${zone.why}`
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
    const there = zoneOf(target)
    if (!there) return `${target} is in no zone of scripts/zones.mjs`
    if (there === zone || zone.may === 'all' || zone.may.includes(there.name)) return undefined
    if (how === 'lazy' && zone.lazy?.includes(there.name)) return undefined
    if (how === 'type' && zone.types?.includes(there.name)) return undefined
    return refuse(`${there.name} (${target})`)
  }
  if (specifier.startsWith('/') || specifier.startsWith('#')) return refuse(`by path ${specifier}`)
  if (isBuiltin(specifier)) return zone.node ? undefined : refuse(specifier)
  const name = packageOf(specifier)
  const owner = owned.find((one) => one.package === name)
  const inHouse = /^(app|contract|server|web)\//.test(file) && !/\.test\.tsx?$/.test(file)
  if (owner && inHouse && how !== 'type' && !owner.files.includes(file))
    return `only ${owner.files.join()} imports ${name}: ${owner.why}`
  if (how === 'lazy' && zone.lazy) return undefined
  const allowed = zone.packages === 'any' ? !zone.not?.includes(name) : zone.packages.includes(name)
  return allowed ? undefined : refuse(name)
}

/** All of an import's names are types: nothing of it is left at run time (verbatimModuleSyntax keeps `import {}`). */
const isTypeOnly = (node) => node.importKind === 'type' || node.exportKind === 'type'

export const zonesRule = {
  meta: { type: 'problem', schema: [], messages: { refused: '{{why}}' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/')
    const judge = (node, source, how) => {
      if (source?.type === 'Literal' && typeof source.value === 'string') {
        const why = refusalOf(file, source.value, how)
        if (why) context.report({ node, messageId: 'refused', data: { why } })
      } else if (/^(app|contract|server|web)\//.test(file)) {
        const why = 'an import whose name is not a literal cannot be judged'
        context.report({ node, messageId: 'refused', data: { why } })
      }
    }
    const declaration = (node) => {
      if (node.source) judge(node, node.source, isTypeOnly(node) ? 'type' : 'value')
    }
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (node) => judge(node, node.source, 'lazy'),
      TSImportType: (node) => judge(node, node.source ?? node.argument.literal, 'type'),
      TSExternalModuleReference: (node) => judge(node, node.expression, 'value'),
      'CallExpression[callee.name="require"]': (node) => judge(node, node.arguments[0], 'lazy'),
      'CallExpression[callee.object.name="require"][callee.property.name="resolve"]': (node) =>
        judge(node, node.arguments[0], 'lazy'),
    }
  },
}
