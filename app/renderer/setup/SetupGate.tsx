import { assertNever } from '../../../contract/assert-never.ts'
import type { JSX, ReactNode } from 'react'
import { useWindow } from '../store.ts'
import { PinAsk } from './PinAsk.tsx'
import { useSetup } from './setup-store.ts'
import { Wizard } from './Wizard.tsx'
import { setupWords } from './words/setup-languages.ts'
import './setup.css'

/** Set-up in front of everything while it is open, else what the kiosk shows. */
export function SetupGate({ children }: { readonly children: ReactNode }): JSX.Element {
  const setup = useSetup()
  const language = useWindow((state) => state.language)
  switch (setup.kind) {
    case 'closed':
      return <>{children}</>
    case 'pin':
      return <PinAsk setup={setup} words={setupWords(language)} />
    case 'open':
      return <Wizard setup={setup} />
    default:
      return assertNever(setup)
  }
}
