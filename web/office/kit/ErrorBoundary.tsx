import { Button } from '@mantine/core'
import { Component, type JSX, type ReactNode } from 'react'
import { officeTexts } from './office-words.ts'
import { useWords } from '../language.tsx'
import { Empty } from './Empty.tsx'

function Broken(): JSX.Element {
  const { failed } = useWords(officeTexts)
  return (
    <Empty title={failed.crashed} hint={failed.crashedHint}>
      <Button onClick={() => location.reload()}>{failed.reload}</Button>
    </Empty>
  )
}

/** A page that breaks breaks alone: the menu stays. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children
  }
}
