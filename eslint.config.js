/** What the compiler does not see: who imports whom (scripts/zones.mjs), lost promises, unhandled members of unions. */
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { reasonRule } from './scripts/reason-rule.mjs'
import { zonesRule } from './scripts/zones-rule.mjs'

const typescript = ['**/*.ts', '**/*.tsx']
const tests = ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'server/testing/**']
const never = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']))
const everySwitchEnds = {
  selector: 'SwitchStatement:not(:has(> SwitchCase[test=null]))',
  message: 'a switch ends in `default: return assertNever(…)`',
}

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'data/', '.runtime/']),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { dopusk: { rules: { zones: zonesRule, reason: reasonRule } }, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js'] })],
      'import-x/extensions': ['.ts', '.tsx', '.mjs', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      'dopusk/zones': 'error',
      'dopusk/reason': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-self-import': 'error',
      'max-lines': ['error', 300],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      eqeqeq: 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // `() => setOpen(true)` and `return finish()` are clear as they stand
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // a number in a text is no accident; objects and undefined still are
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // a port's method is async also where one implementation has nothing to wait for
      '@typescript-eslint/require-await': 'off',
      // `process.env['PORT']`: a name from outside, which no type promises
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `async () => void (await …)` says that the value is dropped
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // our texts are codes; letters of people are never taken apart
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      // `!pass || pass.x !== y` says what it means; `pass?.x !== y` hides a case
      '@typescript-eslint/prefer-optional-chain': 'off',
      // `_` says: given, and not wanted here
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      'no-restricted-syntax': ['error', everySwitchEnds],
      // ports are closures, not classes: `const { decide } = server` is sound
      '@typescript-eslint/unbound-method': 'off',
      // empty functions are what "nothing to do" looks like for a listener that must exist
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['app/**', 'contract/**', 'server/**', 'web/**'],
    ignores: ['server/operator/**', 'server/keys-command/**'],
    // the log port and pino know what may be written; the console does not
    rules: { 'no-console': 'error' },
  },
  {
    files: ['app/renderer/**/*.{ts,tsx}', 'web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        everySwitchEnds,
        {
          selector:
            'CallExpression[callee.property.name=/^(skip|only|todo|fails)$/][callee.object.name=/^(it|test|describe)$/]',
          message: 'every test runs, every time',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: never([
        ...'process console URL Buffer fetch AbortSignal performance'.split(' '),
        ...'setTimeout clearTimeout setInterval clearInterval'.split(' '),
      ]),
    },
  },
)
