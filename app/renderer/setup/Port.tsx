import type { JSX } from 'react'
import type { BaudRate, FoundPort, SerialPortChoice } from '../../preload/setup-api.ts'
import { Choice } from './Choice.tsx'
import type { SetupWords } from './words/setup-words.ts'

const SPEEDS: readonly BaudRate[] = [9600, 19200, 38400, 57600, 115200]

interface PortProps extends FoundPort {
  readonly chosen: SerialPortChoice | undefined
  readonly words: SetupWords['readers']
  readonly onToggle: () => void
  readonly onSpeed: (baudRate: BaudRate) => void
}

/** Only a port that was chosen by hand has a speed: those found by their USB ids take any. */
export function Port({ path, scanner, chosen, words, onToggle, onSpeed }: PortProps): JSX.Element {
  return (
    <div className="port">
      <Choice
        role="checkbox"
        checked={scanner !== undefined || chosen !== undefined}
        disabled={scanner !== undefined}
        onChoose={onToggle}
      >
        <b>{path}</b>
        <span>{scanner === undefined ? words.serialChosen : words.serialByItself(scanner)}</span>
      </Choice>
      {scanner === undefined && chosen !== undefined && (
        <div className="speeds" role="group" aria-label={`${words.serialSpeed}: ${path}`}>
          <span>{words.serialSpeed}</span>
          {SPEEDS.map((speed) => (
            <button key={speed} type="button" aria-pressed={chosen.baudRate === speed} onClick={() => onSpeed(speed)}>
              {speed}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
