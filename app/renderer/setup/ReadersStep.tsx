import { useEffect, useState, type JSX } from 'react'
import type { CameraChoice, ReaderStatus } from '../../preload/kiosk-api.ts'
import type { BaudRate, FoundPort, SerialPortChoice } from '../../preload/setup-api.ts'
import { CameraPreview, useCameraStream } from '../camera/CameraPreview.tsx'
import { chooseCamera } from '../camera/choose-camera.ts'
import { useWindow } from '../store.ts'
import { Choice } from './Choice.tsx'
import { Port } from './Port.tsx'
import type { StepProps } from './step-props.ts'
import type { SetupWords } from './words/setup-words.ts'

const TIME = new Intl.DateTimeFormat('ru-RU', { timeStyle: 'medium' })

export function ReadersStep({ state, setup, words, change }: StepProps): JSX.Element {
  const readers = useWindow(({ status }) => status?.readers) ?? []
  const cameras = useCameras()
  const stream = useCameraStream()
  const { serialPorts, camera } = state.settings
  /** by its name where its id is another now, as the camera itself is found */
  const chosen = cameras && chooseCamera(camera, cameras, undefined)
  const shown = [...setup.ports, ...missing(serialPorts, setup.ports)]
  const tryPorts = (ports: readonly SerialPortChoice[]): void => {
    change({ kind: 'settings', settings: { serialPorts: ports } })
    void window.kioskSetup.ask({ kind: 'ports', ports })
  }
  const togglePort = (path: string): void => {
    const others = serialPorts.filter((port) => port.path !== path)
    tryPorts(others.length < serialPorts.length ? others : [...serialPorts, { path, baudRate: 9600 }])
  }
  const setSpeed = (path: string, baudRate: BaudRate): void =>
    tryPorts(serialPorts.map((port) => (port.path === path ? { path, baudRate } : port)))
  const tryCamera = (choice: CameraChoice): void => {
    change({ kind: 'settings', settings: { camera: choice } })
    void window.kioskSetup.ask({ kind: 'camera', choice })
  }

  return (
    <>
      <h1>{words.readers.heading}</h1>
      <p className="lead">{words.readers.detail}</p>
      <div className="readers">
        <section>
          <h2>
            {words.readers.names.wedge} <Light readers={readers} kind="wedge" words={words.readers} />
          </h2>
          <p>{words.readers.keyboard}</p>
          {readers.some(({ kind }) => kind === 'hid') && (
            <h2 className="second">
              {words.readers.names.hid} <Light readers={readers} kind="hid" words={words.readers} />
            </h2>
          )}
        </section>
        <section>
          <h2>
            {words.readers.names.serial} <Light readers={readers} kind="serial" words={words.readers} />
          </h2>
          {shown.length === 0 && <p>{words.readers.serialNone}</p>}
          <div className="rows">
            {shown.map(({ path, scanner }) => (
              <Port
                key={path}
                path={path}
                scanner={scanner}
                chosen={serialPorts.find((port) => port.path === path)}
                words={words.readers}
                onToggle={() => togglePort(path)}
                onSpeed={(baudRate) => setSpeed(path, baudRate)}
              />
            ))}
          </div>
        </section>
        <section>
          <h2>
            {words.readers.names.camera}{' '}
            {camera.kind !== 'off' && <Light readers={readers} kind="camera" words={words.readers} />}
          </h2>
          {cameras?.length === 0 && <p>{words.readers.cameraNone}</p>}
          <div className="rows" role="radiogroup" aria-label={words.readers.names.camera}>
            {(['any', 'off'] as const).map((kind) => (
              <Choice key={kind} role="radio" checked={camera.kind === kind} onChoose={() => tryCamera({ kind })}>
                <b>{kind === 'any' ? words.readers.cameraAny : words.readers.cameraOff}</b>
              </Choice>
            ))}
            {cameras?.map(({ deviceId, label }, at) => (
              <Choice
                key={deviceId}
                role="radio"
                checked={camera.kind === 'chosen' && chosen?.deviceId === deviceId}
                onChoose={() => tryCamera({ kind: 'chosen', deviceId, label })}
              >
                <b>{label === '' ? words.readers.cameraUnnamed(at + 1) : label}</b>
              </Choice>
            ))}
            {cameras && camera.kind === 'chosen' && !chosen && (
              <Choice role="radio" checked onChoose={() => tryCamera(camera)}>
                <b>{camera.label === '' ? words.readers.names.camera : camera.label}</b>
                <span>{words.readers.cameraGone}</span>
              </Choice>
            )}
          </div>
          {stream && camera.kind !== 'off' && <CameraPreview stream={stream} />}
        </section>
      </div>
    </>
  )
}

/** A port that was chosen and is not there now must not be forgotten for it. */
function missing(chosen: readonly SerialPortChoice[], found: readonly FoundPort[]): readonly FoundPort[] {
  return chosen.filter(({ path }) => !found.some((port) => port.path === path)).map(({ path }) => ({ path }))
}

interface LightProps {
  readonly readers: readonly ReaderStatus[]
  readonly kind: ReaderStatus['kind']
  readonly words: SetupWords['readers']
}

/** Full once it has read, hollow before; a diamond when it is gone. */
function Light({ readers, kind, words }: LightProps): JSX.Element | null {
  const own = readers.filter((reader) => reader.kind === kind)
  if (own.length === 0) return null
  const last = own
    .flatMap(({ lastRead }) => lastRead ?? [])
    .toSorted()
    .at(-1)
  if (own.every(({ live }) => !live)) return <span className="light is-gone">{words.gone}</span>
  if (last !== undefined) return <span className="light has-read">{words.readAt(TIME.format(new Date(last)))}</span>
  return <span className="light">{words.neverRead}</span>
}

/** `undefined` until they have been looked for. */
function useCameras(): readonly MediaDeviceInfo[] | undefined {
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>()
  useEffect(() => {
    let wanted = true
    const look = (): void => {
      navigator.mediaDevices.enumerateDevices().then(
        (devices) => {
          if (wanted) setCameras(devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== ''))
        },
        // not allowed to look: none to choose from
        () => wanted && setCameras([]),
      )
    }
    look()
    navigator.mediaDevices.addEventListener('devicechange', look)
    return () => {
      wanted = false
      navigator.mediaDevices.removeEventListener('devicechange', look)
    }
  }, [])
  return cameras
}
