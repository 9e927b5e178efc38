import { Component, type ReactNode } from 'react'
import { Field } from './Field.tsx'
import { languageEntry } from './i18n/languages.ts'
import { wholeMessageOf } from './message.ts'
import { store } from './store.ts'

/** A mistake of ours in drawing must not leave a white page at a door: it says so, and the next state is tried again. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(): void {
    const { turn } = store.getState()
    const stop = store.subscribe((state) => {
      if (state.turn === turn) return
      stop()
      this.setState({ broken: false })
    })
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    const { language, status } = store.getState()
    const { words } = languageEntry(language)
    const screen = { kind: 'fault', code: 'internal' } as const
    return (
      <main className="tone-fault" data-screen="fault">
        <Field
          screen={screen}
          turn={0}
          message={wholeMessageOf(screen, words, String, status?.contact)}
          words={words}
          reader="serial"
        />
      </main>
    )
  }
}
