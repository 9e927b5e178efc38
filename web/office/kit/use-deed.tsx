import { Button, Group, Modal, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX, type ReactNode } from 'react'
import { useLanguage } from '../language.tsx'
import { toast } from './problem-words.ts'

interface Deed {
  /** absent: nothing is asked first */
  readonly sure?: string
  readonly label: string
  readonly does: () => Promise<unknown>
  /** told when it is done */
  readonly done: string
  readonly danger?: boolean
}

interface Deeds {
  readonly run: (deed: Deed) => void
  readonly busy: boolean
  /** to be shown somewhere on the page */
  readonly question: ReactNode
}

/**
 * Deeds of one click, some of which are asked about first: done once, told of, and what they changed is read again.
 * @param changed names of tables and queries
 */
export function useDeed(changed: readonly string[], words: { readonly sure: string; readonly cancel: string }): Deeds {
  const queries = useQueryClient()
  const { language } = useLanguage()
  const [asked, setAsked] = useState<Deed>()
  const [busy, setBusy] = useState(false)
  const carryOut = ({ does, done }: Deed): void => {
    setBusy(true)
    does()
      .then(
        async () => {
          toast.done(done)
          await Promise.all(changed.map((name) => queries.invalidateQueries({ queryKey: [name] })))
        },
        (thrown: unknown) => toast.failed(thrown, language),
      )
      .finally(() => {
        setBusy(false)
        setAsked(undefined)
      })
  }
  const question: JSX.Element = (
    <Modal opened={asked !== undefined} onClose={() => setAsked(undefined)} title={words.sure}>
      <Text>{asked?.sure}</Text>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={() => setAsked(undefined)}>
          {words.cancel}
        </Button>
        <Button color={asked?.danger ? 'red' : 'action'} loading={busy} onClick={() => asked && carryOut(asked)}>
          {asked?.label}
        </Button>
      </Group>
    </Modal>
  )
  return { run: (deed) => (deed.sure === undefined ? carryOut(deed) : setAsked(deed)), busy, question }
}
