import { useEffect, useState, type JSX } from 'react'
import { assertNever } from '../../../contract/assert-never.ts'
import { CODE_LENGTH, isCode } from '../../../contract/kiosk/enrolment.ts'
import type { DeviceStanding } from '../../preload/setup-api.ts'
import { LANGUAGES } from '../i18n/languages.ts'
import { Advised } from './Advised.tsx'
import { CodePad } from './CodePad.tsx'
import { addressOf, codeTyped, serverTyped } from './code-typed.ts'
import { useScansTakenBack } from './scanned-keys.ts'
import type { StepProps } from './step-props.ts'
import type { SetupWords } from './words/setup-words.ts'

/** Whether going on leaves nothing undone here. */
export const isLetIn = (device: DeviceStanding): boolean =>
  device.kind === 'working' || device.kind === 'pending' || (device.kind === 'enrolled' && device.trouble === undefined)

/** The code that lets this terminal in: typed here, or heard by any reader meanwhile. */
export function EnrolStep({ state, setup, words, change }: StepProps): JSX.Element {
  const { device } = setup
  /** what the terminal was when another code was wished for */
  const [asksAgain, setAsksAgain] = useState<DeviceStanding['kind']>()
  const said = words.enrol
  const trouble = 'trouble' in device ? device.trouble : undefined
  const asks =
    asksAgain === device.kind || device.kind === 'none' || device.kind === 'unknown' || device.kind === 'revoked'
  return (
    <>
      <div className="enrol-head">
        <h1>{said.heading}</h1>
        <p className="row-of-buttons">
          {LANGUAGES.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={state.settings.language === code}
              onClick={() => change({ kind: 'settings', settings: { language: code } })}
            >
              {name}
            </button>
          ))}
        </p>
      </div>
      {asks && <p className="lead">{leadOf(device, said)}</p>}
      <div className="enrol" data-device={device.kind}>
        {/* the pad is not spoken with it at each key */}
        <div className="standing" aria-live="polite">
          {trouble !== undefined && <Advised advice={said.troubles[trouble]} tone="wrong" />}
          <Standing device={device} said={said} />
        </div>
        {asks && <CodeEntry setup={setup} said={said} onConnect={() => setAsksAgain(undefined)} />}
        {!asks && device.kind !== 'working' && device.kind !== 'confirming' && (
          <p className="row-of-buttons">
            <button type="button" onClick={() => setAsksAgain(device.kind)}>
              {said.again}
            </button>
          </p>
        )}
      </div>
    </>
  )
}

interface CodeEntryProps extends Pick<StepProps, 'setup'> {
  readonly said: SetupWords['enrol']
  readonly onConnect: () => void
}

function CodeEntry({ setup, said, onConnect }: CodeEntryProps): JSX.Element {
  const { device } = setup
  const known = setup.server ?? ('server' in device ? device.server : undefined)
  const [code, setCode] = useState('')
  const [server, setServer] = useState(known ?? '')
  const [inServer, setInServer] = useState(false)
  const address = addressOf(server)
  const isWhole = code.length === CODE_LENGTH
  const connect = (): void => {
    if (!isWhole || !isCode(code) || !address) return
    onConnect()
    void window.kioskSetup.ask({ kind: 'enrol', server: address, code })
  }
  useScansTakenBack(code, setup.typedScans, setCode)
  useScansTakenBack(server, setup.typedScans, setServer)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return
      // Enter on a button presses that button.
      if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) connect()
      setInServer(false)
      setCode((before) => codeTyped(before, event.code))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return (
    <div className="code-entry">
      <div className="said">
        <p className="code-boxes" onClick={() => setInServer(false)}>
          <span className="spoken" role="status">
            {`${said.code}. ${said.entered(code.length)}`}
          </span>
          {Array.from({ length: CODE_LENGTH }, (_, at) => (
            <i key={at} className={at < code.length ? 'entered' : at === code.length ? 'next' : ''}>
              {code[at]}
            </i>
          ))}
        </p>
        <label>
          <span>{said.server}</span>
          <input
            type="url"
            maxLength={200}
            placeholder="https://"
            value={server}
            onFocus={() => setInServer(true)}
            onKeyDown={({ key }) => key === 'Enter' && connect()}
            onChange={({ target }) => setServer(target.value)}
          />
        </label>
        <p className="trouble" role="alert">
          {isWhole && !isCode(code) ? said.mistyped : isWhole && !address ? said.noServer : ''}
        </p>
      </div>
      <CodePad
        words={said}
        forServer={inServer}
        onKey={(key) =>
          inServer ? setServer((before) => serverTyped(before, key)) : setCode((before) => codeTyped(before, key))
        }
        onCode={() => setInServer(false)}
        onConnect={isWhole && isCode(code) && address ? connect : undefined}
      />
    </div>
  )
}

/** What it stands at, below why the last code did not let it in. */
function Standing({
  device,
  said,
}: {
  readonly device: DeviceStanding
  readonly said: SetupWords['enrol']
}): JSX.Element | null {
  switch (device.kind) {
    case 'none':
      return null
    case 'enrolling':
      return device.trouble === undefined ? (
        <Advised advice={{ heading: said.enrolling(device.server) }} tone="waiting" />
      ) : null
    case 'confirming':
      return (
        <>
          <Advised advice={said.compare} tone="waiting" />
          <p className="fingerprint">{device.fingerprint}</p>
          <p className="row-of-buttons">
            <button
              type="button"
              className="main-action"
              onClick={() => void window.kioskSetup.ask({ kind: 'confirm-root', same: true })}
            >
              {said.same}
            </button>
            <button type="button" onClick={() => void window.kioskSetup.ask({ kind: 'confirm-root', same: false })}>
              {said.different}
            </button>
          </p>
        </>
      )
    case 'enrolled':
      return (
        <Advised
          advice={(device.trouble === undefined ? said.enrolled : said.asBefore)(placeOf(device))}
          tone="waiting"
        />
      )
    case 'pending':
      return <Advised advice={said.pending(device.fingerprint)} tone="waiting" />
    case 'working':
      return <Advised advice={said.working(placeOf(device))} tone="well" />
    case 'unknown':
    case 'revoked':
      return device.trouble === undefined ? <Advised advice={said[device.kind]} tone="wrong" /> : null
    default:
      return assertNever(device)
  }
}

/** Whose code was no good knows how one is entered: the place is needed for what the terminal still is. */
const leadOf = (device: DeviceStanding, said: SetupWords['enrol']): string =>
  (device.kind === 'unknown' || device.kind === 'revoked') && device.trouble !== undefined
    ? said[device.kind].heading
    : said.detail

const placeOf = ({ venue, accessPoint }: { readonly venue: string; readonly accessPoint: string }): string =>
  `${venue}, ${accessPoint}`
