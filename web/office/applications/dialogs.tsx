import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useState, type JSX, type ReactNode } from 'react'
import { CorrectionField, Words } from '../../../contract/join/application-state.ts'
import { applicationTexts } from './applications-words.ts'
import { fieldTexts } from '../../kit/field-words.ts'
import { joinTexts } from '../../join/join-words.ts'
import { useWords } from '../language.tsx'

/** A decision without the version it is made on. */
export type Dialogue =
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'ask-correction'; readonly fields: readonly CorrectionField[]; readonly words: string }
  | { readonly kind: 'send-back'; readonly words: string }

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onDecide: (decision: Dialogue) => Promise<void>
}

interface FrameProps extends Omit<Props, 'onDecide'> {
  readonly title: string
  readonly label: string
  readonly color: string
  readonly onSend: () => Promise<void> | undefined
  readonly children: ReactNode
}

function Frame({ opened, onClose, title, label, color, onSend, children }: FrameProps): JSX.Element {
  const { decide } = useWords(applicationTexts)
  const [sending, setSending] = useState(false)
  const send = (): void => {
    const sent = onSend()
    if (!sent) return
    setSending(true)
    void sent.finally(() => setSending(false))
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<Text fw={700}>{title}</Text>}
      size="lg"
      closeButtonProps={{ 'aria-label': decide.cancel }}
    >
      <Stack gap="md">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {decide.cancel}
          </Button>
          <Button color={color} loading={sending} onClick={send}>
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

export function ApproveDialog({ onDecide, ...frame }: Props): JSX.Element {
  const { decide } = useWords(applicationTexts)
  return (
    <Frame
      {...frame}
      title={decide.approveTitle}
      label={decide.approve}
      color="green"
      onSend={() => onDecide({ kind: 'approve' })}
    >
      <Text>{decide.approveText}</Text>
    </Frame>
  )
}

/** A text that the contract's own schema checks; what is wrong shows once one has tried to send it. */
function useWritten() {
  const texts = useWords(fieldTexts)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const checked = Words.safeParse(text)
  const message = checked.error?.issues[0]?.message ?? ''
  return {
    text,
    setText,
    /** @returns the text as it will be kept */
    take: (): string | undefined => {
      setTried(true)
      return checked.data
    },
    error: tried && !checked.success ? (texts[message] ?? message) : undefined,
  }
}

export function RejectDialog({ onDecide, ...frame }: Props): JSX.Element {
  const { decide, reasons } = useWords(applicationTexts)
  const { text, setText, take, error } = useWritten()
  return (
    <Frame
      {...frame}
      title={decide.rejectTitle}
      label={decide.reject}
      color="red"
      onSend={() => {
        const reason = take()
        return reason === undefined ? undefined : onDecide({ kind: 'reject', reason })
      }}
    >
      <Group gap="xs">
        {reasons.map((reason) => (
          <Button key={reason} size="compact-sm" variant="light" onClick={() => setText(reason)}>
            {reason}
          </Button>
        ))}
      </Group>
      <Written label={decide.rejectLabel} hint={decide.rejectHint} text={text} error={error} onChange={setText} />
    </Frame>
  )
}

export function AskDialog({ onDecide, ...frame }: Props): JSX.Element {
  const { decide } = useWords(applicationTexts)
  const { correctionFields } = useWords(joinTexts)
  const { required } = useWords(fieldTexts)
  const { text, setText, take, error } = useWritten()
  const [fields, setFields] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  return (
    <Frame
      {...frame}
      title={decide.askTitle}
      label={decide.ask}
      color="action"
      onSend={() => {
        setTried(true)
        const words = take()
        if (words === undefined || fields.length === 0) return undefined
        const named = CorrectionField.options.filter((field) => fields.includes(field))
        return onDecide({ kind: 'ask-correction', fields: named, words })
      }}
    >
      <Checkbox.Group
        label={decide.askFields}
        value={[...fields]}
        onChange={setFields}
        error={tried && fields.length === 0 ? required : undefined}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {CorrectionField.options.map((field) => (
            <Checkbox key={field} value={field} label={correctionFields[field]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Written label={decide.askLabel} hint={decide.askHint} text={text} error={error} onChange={setText} />
    </Frame>
  )
}

export function SendBackDialog({ onDecide, ...frame }: Props): JSX.Element {
  const { decide } = useWords(applicationTexts)
  const { text, setText, take, error } = useWritten()
  return (
    <Frame
      {...frame}
      title={decide.sendBackTitle}
      label={decide.sendBack}
      color="action"
      onSend={() => {
        const words = take()
        return words === undefined ? undefined : onDecide({ kind: 'send-back', words })
      }}
    >
      <Written label={decide.sendBackLabel} text={text} error={error} onChange={setText} />
    </Frame>
  )
}

interface WrittenProps {
  readonly label: string
  readonly hint?: string
  readonly text: string
  readonly error: string | undefined
  readonly onChange: (text: string) => void
}

function Written({ label, hint, text, error, onChange }: WrittenProps): JSX.Element {
  return (
    <Textarea
      label={label}
      description={hint}
      value={text}
      error={error}
      onChange={({ currentTarget: { value } }) => onChange(value)}
      autosize
      minRows={3}
      maxLength={2000}
      data-autofocus
    />
  )
}
