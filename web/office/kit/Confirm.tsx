import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState, type JSX } from 'react'
import { venueTexts } from '../venues/venue-words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { toast } from './problem-words.ts'

interface Props {
  readonly title: string
  /** what will be so afterwards */
  readonly text: string
  readonly label: string
  readonly danger?: boolean
  /** ask why; the words are handed to `act` */
  readonly withReason?: boolean
  readonly act: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asked before what cannot be undone, or what others feel at once. */
export function Confirm({ title, text, label, danger, withReason, act, onClose }: Props): JSX.Element {
  const { act: words } = useWords(venueTexts)
  const { language } = useLanguage()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const go = (): void => {
    setBusy(true)
    act(reason)
      .then(onClose, (thrown: unknown) => toast.failed(thrown, language))
      .finally(() => setBusy(false))
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.cancel }}>
      <Stack>
        <Text>{text}</Text>
        {withReason && (
          <Textarea
            label={words.reason}
            description={words.reasonHint}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
            required
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            color={danger ? 'red' : 'action'}
            loading={busy}
            disabled={withReason === true && reason.trim().length < 3}
            onClick={go}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
