import fs from 'node:fs'
import net from 'node:net'
import type { WebContents } from 'electron'
import { demoSocketPath } from './demo-socket-path.ts'

/** What Shift makes of a key of a US keyboard, and the key. */
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?'
const UNSHIFTED = "`1234567890-=[]\\;',./"
const LONGEST_TEXT = 8192

/**
 * Demonstration only: each line that comes in is typed into the window key by key, as a keyboard-wedge scanner would, and
 * so takes the same way as a real scan. Only this machine's user can reach the socket.
 */
export function listenForDemoScans(
  dataFolder: string,
  contents: WebContents,
  onError: (error: Error) => void,
): net.Server {
  const at = demoSocketPath(dataFolder)
  if (process.platform !== 'win32') fs.rmSync(at, { force: true })
  const server = net.createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > LONGEST_TEXT) socket.destroy()
    })
    socket.on('end', () => {
      type(text.split('\n')[0] ?? '', contents)
      socket.end('ok\n')
    })
    socket.on('error', onError)
  })
  server.on('error', onError)
  server.listen(at, () => {
    if (process.platform !== 'win32') fs.chmodSync(at, 0o600)
  })
  return server
}

function type(text: string, contents: WebContents): void {
  for (const character of text) {
    const at = SHIFTED.indexOf(character)
    press(at < 0 ? character : UNSHIFTED.charAt(at), at >= 0 || /[A-Z]/.test(character), contents)
  }
  press('Enter', false, contents)
}

function press(keyCode: string, shift: boolean, contents: WebContents): void {
  const modifiers: 'shift'[] = shift ? ['shift'] : []
  contents.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
  contents.sendInputEvent({ type: 'keyUp', keyCode, modifiers })
}
