// @ts-check
/** What a person is told when all runs. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * @param {{ data: string, url: string | undefined, display: string | undefined }} facts `display`: of our own
 */
export function summary({ data, url, display }) {
  const shown = relative(process.cwd(), data) || '.'
  const folder = shown.startsWith('..') ? data : shown
  const office = signIn(data)
  const sample = join(folder, 'demo', 'admitted.png')
  const russian = [
    ...(url
      ? [
          ['Сервер', url],
          ['Кабинеты', `${url}/office`],
          ...office.map(([name = '', value]) => [russianNames[name] ?? name, value ?? '']),
          ['Заявление', `${url}/join`],
          ['Письма', `${url}/demo/outbox`],
          ['Описание API', `${url}/docs`],
        ]
      : [['Сервер', 'введите его код на экране киоска']]),
    ['Образцы кодов', join(folder, 'demo')],
    ['Показать код', `npm run demo:scan -- ${sample}`],
    ['Журналы', `${join(folder, 'server.log')}, ${join(folder, 'kiosk.log')}`],
    ...(display ? [['Экран', `виртуальный ${display} (Xvfb): дисплея здесь нет`]] : []),
    ['Остановить', 'Ctrl+C'],
  ]
  const english = [
    ...(url
      ? [
          ['Server', url],
          ['Office', `${url}/office`],
          ...office,
          ['Application', `${url}/join`],
          ['Mails', `${url}/demo/outbox`],
          ['API', `${url}/docs`],
        ]
      : [['Server', 'enter its code at the kiosk']]),
    ['Sample passes', join(folder, 'demo')],
    ['Send a scan', `npm run demo:scan -- ${sample}`],
    ['Logs', `${join(folder, 'server.log')}, ${join(folder, 'kiosk.log')}`],
    ...(display ? [['Screen', `virtual ${display} (Xvfb): there is no display here`]] : []),
    ['Stop', 'Ctrl+C'],
  ]
  return ['', 'Допуск работает.', ...table(russian), '', 'Dopusk is running.', ...table(english), ''].join('\n')
}

/** @type {Record<string, string>} */
const russianNames = { 'Sign in as': 'Входят', Password: 'Пароль у всех' }

/**
 * Who may sign in to the demonstration, and how.
 * @param {string} data
 * @returns {string[][]}
 */
function signIn(data) {
  try {
    const { password, accounts } = JSON.parse(readFileSync(join(data, 'demo', 'accounts.json'), 'utf8'))
    const emails = accounts.map((/** @type {{ email: string }} */ { email }) => email)
    return [
      ['Sign in as', emails.slice(0, 4).join(', ')],
      ['', emails.slice(4).join(', ')],
      ['Password', password],
    ]
  } catch {
    // of a server without demonstration
    return []
  }
}

/** @param {string[][]} rows */
const table = (rows) => rows.map(([name = '', value = '']) => `  ${name.padEnd(16)}${value}`)
