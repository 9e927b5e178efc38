import type { JSX, PointerEvent, ReactNode } from 'react'
import { assertNever } from '../../contract/assert-never.ts'
import { OverrideReason } from '../../contract/kiosk/admission.ts'
import type { ScreenState, StaffAction } from '../preload/kiosk-api.ts'
import type { Words } from './i18n/words.ts'

interface DeskActionsProps {
  readonly screen: ScreenState
  readonly words: Words
}

/** What the employee may do about the answer: refuse always stands left, let in always right. Keys: app/main/desk/staff-keys.ts */
export function DeskActions({ screen, words }: DeskActionsProps): ReactNode {
  const { desk } = words
  switch (screen.kind) {
    case 'granted':
      return <Row>{action(screen.scan, 'Esc', desk.refuse, { kind: 'refuse' }, 'quiet')}</Row>
    case 'denied':
      return (
        <Row>
          {action(screen.scan, 'Esc', desk.refuse, { kind: 'refuse' }, 'strong')}
          {action(screen.scan, 'F2', desk.admitAsked, { kind: 'admit' }, 'quiet')}
        </Row>
      )
    case 'check':
      return (
        <Row>
          {action(screen.scan, 'Esc', desk.refuse, { kind: 'refuse' }, 'strong')}
          {action(screen.scan, 'F2', desk.admit, { kind: 'admit' }, 'strong')}
        </Row>
      )
    case 'resolved':
      return (
        <Row>
          {screen.outcome === 'admitted'
            ? action(screen.scan, 'Esc', desk.refuse, { kind: 'refuse' }, 'quiet')
            : action(screen.scan, 'F2', desk.admit, { kind: 'admit' }, 'quiet')}
        </Row>
      )
    case 'asking':
      return <Row>{action(screen.scan, 'Esc', desk.refuse, { kind: 'refuse' }, 'quiet')}</Row>
    case 'starting':
    case 'idle':
    case 'reading':
    case 'checking':
    case 'unreadable':
    case 'fault':
      return null
    default:
      return assertNever(screen)
  }
}

/** Why is a refused person let in? One key or one touch. */
export function Reasons({ scan, words }: { readonly scan: number; readonly words: Words }): JSX.Element {
  return (
    <div className="reasons">
      {OverrideReason.options.map((reason, at) =>
        action(scan, String(at + 1), words.desk.reasons[reason], { kind: 'admit', reason }, 'strong'),
      )}
    </div>
  )
}

const Row = ({ children }: { readonly children: ReactNode }): JSX.Element => <div className="actions">{children}</div>

const withoutFocus = (event: PointerEvent): void => event.preventDefault()

/**
 * Never in the order of Tab, and a touch leaves no focus behind: a scanner ends its codes on Enter or Tab, and Enter on a
 * button that has the focus would press it. The key on its face does the same and works from everywhere.
 */
function action(scan: number, key: string, text: string, what: StaffAction, look: 'strong' | 'quiet'): JSX.Element {
  return (
    <button
      key={key}
      type="button"
      tabIndex={-1}
      className={`action ${look}`}
      aria-keyshortcuts={key === 'Esc' ? 'Escape' : key}
      onPointerDown={withoutFocus}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => window.kiosk.act(scan, what)}
    >
      <kbd>{key}</kbd>
      {text}
    </button>
  )
}
