/** /demo/outbox: what people of the demonstration would find in their mailboxes. Pure. */
import { escape, html } from '../letters/html.ts'
import { oneLine } from '../letters/one-line.ts'
import { letterOf } from '../letters/templates.ts'
import type { Letter } from '../letters/template.ts'
import type { OutboxMail } from './demo-outbox.store.ts'

const STYLE = `
  :root { color-scheme: light; --ink: #0f1b2d; --quiet: #5b6b82; --line: #d5dce6; --paper: #f4f6f9; --action: #0a55c2 }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.45 'Golos Text', system-ui, sans-serif }
  main { max-width: 880px; margin: 0 auto; padding: 32px 20px 64px } main > :first-child { margin-top: 0 }
  h1 { margin: 0 0 4px; font-size: 28px; letter-spacing: -0.01em }
  .quiet { color: var(--quiet) } a { color: var(--action) }
  ol { list-style: none; margin: 24px 0 0; padding: 0; background: #fff; border: 1px solid var(--line); border-radius: 14px; overflow: hidden }
  li + li { border-top: 1px solid var(--line) }
  li a { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 14px 18px; color: inherit; text-decoration: none }
  li a:hover, li a:focus-visible { background: #eef3fb; outline: none }
  li strong { font-weight: 600; overflow-wrap: anywhere } li .quiet { font-size: 14px; overflow-wrap: anywhere }
  time { font-variant-numeric: tabular-nums; white-space: nowrap }
  .empty { margin: 24px 0 0; padding: 40px 20px; text-align: center; background: #fff; border: 1px dashed var(--line); border-radius: 14px }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 20px 0 } dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
  iframe { width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: 14px; background: #fff }
  .state { font-weight: 600 } .sent { color: #00633f } .bounced, .failed { color: #b3122a } .queued, .sending { color: #063b89 }
  .files a { display: inline-block; margin: 0 12px 0 0 }`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`

const time = (at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Moscow' }).format(at)

/** Of a mail whose values are forgotten nothing is left to read. */
const letter = ({ kind, values, locale }: OutboxMail): Letter | undefined =>
  values === null ? undefined : letterOf(kind, values, locale)

export function outboxPage(mails: readonly OutboxMail[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/demo/outbox/${escape(mail.id)}">
<strong>${escape(oneLine(letter(mail)?.subject ?? mail.kind))}</strong><time class="quiet">${time(mail.created_at)}</time>
<span class="quiet">${escape(mail.recipient)}</span>${stateOf(mail)}</a></li>`,
  )
  const list =
    rows.length > 0
      ? `<ol>${rows.join('\n')}</ol>`
      : '<p class="empty">Писем ещё нет.<br><span class="quiet">Подайте заявление или пригласите кого-нибудь: письмо появится здесь.</span></p>'
  return page(
    'Исходящие письма',
    `<h1>Исходящие письма</h1><p class="quiet">Письма, которые получили бы люди. Эта страница есть только в демонстрации.<br><span lang="en">Mails as people would get them. This page is there in the demonstration only.</span></p>${list}`,
  )
}
const stateOf = ({ state }: OutboxMail): string =>
  `<span class="state ${escape(state)}">${escape(STATE[state] ?? state)}</span>`

const STATE: Readonly<Record<string, string>> = {
  queued: '○ в очереди',
  sending: '◔ отправляется',
  sent: '● отправлено',
  bounced: '■ адрес не принят',
  failed: '■ не отправлено',
}

export function mailPage(mail: OutboxMail, files: readonly { readonly name: string }[]): string {
  const written = letter(mail)
  const attached = files
    .map(({ name }, at) => `<a href="/demo/outbox/${escape(mail.id)}/${at}">${escape(oneLine(name))}</a>`)
    .join('')
  // Links of a mail open in a window of their own; its page can run nothing.
  const framed =
    written === undefined ? '' : html(written, mail.locale).replace('<head>', '<head><base target="_blank">')
  return page(
    written?.subject ?? mail.kind,
    `<p><a href="/demo/outbox">← Все письма</a></p>
<h1>${escape(oneLine(written?.subject ?? mail.kind))}</h1>
<dl><dt>Кому</dt><dd>${escape(mail.recipient)}</dd><dt>Когда</dt><dd><time>${time(mail.created_at)}</time></dd>
<dt>Состояние</dt><dd>${stateOf(mail)}</dd>${attached === '' ? '' : `<dt>Вложения</dt><dd class="files">${attached}</dd>`}</dl>
<iframe title="Письмо" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escape(framed)}"></iframe>`,
  )
}
