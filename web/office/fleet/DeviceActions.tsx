import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { Renaming, Revocation, type DeviceDetails } from '../../../contract/office/fleet.ts'
import { fleetTexts } from './fleet-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'

interface Props {
  readonly details: DeviceDetails
}

/** What may be done to a terminal in the state it is in, by whoever looks at it. */
export function DeviceActions({ details }: Props): JSX.Element {
  const words = useWords(fleetTexts)
  const { language } = useLanguage()
  const me = useMe()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'rename' | 'revoke'>()
  const { id, state } = details.device
  const params = { id }
  const again = () => queries.invalidateQueries({ queryKey: ['fleet'] })
  const does = { onError: (error: unknown) => toast.failed(error, language), onSettled: again }
  const approve = useMutation({
    mutationFn: () => api.approveDevice({ params }),
    onSuccess: () => toast.done(words.approved),
    ...does,
  })
  const rotate = useMutation({
    mutationFn: () => api.askForRotation({ params }),
    onSuccess: () => toast.done(words.rotating),
    ...does,
  })
  const close = (): void => {
    setAsking(undefined)
    void again()
  }
  return (
    <Group gap="xs">
      {state === 'pending' && mayCall(me, 'approveDevice') && (
        <Button loading={approve.isPending} onClick={() => approve.mutate()}>
          {words.approve}
        </Button>
      )}
      {state !== 'revoked' && mayCall(me, 'renameDevice') && (
        <Button variant="default" onClick={() => setAsking('rename')}>
          {words.rename}
        </Button>
      )}
      {state === 'active' && mayCall(me, 'askForRotation') && (
        <Button
          variant="default"
          loading={rotate.isPending}
          disabled={details.rotationAsked}
          onClick={() => rotate.mutate()}
        >
          {words.rotate}
        </Button>
      )}
      {state !== 'revoked' && mayCall(me, 'revokeDevice') && (
        <Button color="red" variant="outline" onClick={() => setAsking('revoke')}>
          {words.revoke}
        </Button>
      )}
      {asking === 'rename' && <Rename details={details} onClose={close} />}
      {asking === 'revoke' && <Revoke details={details} onClose={close} />}
    </Group>
  )
}

function Rename({ details, onClose }: Props & { readonly onClose: () => void }): JSX.Element {
  const words = useWords(fleetTexts)
  const { id, name } = details.device
  const { form, submit, sending } = useContractForm({
    initialValues: { name },
    schema: Renaming,
    send: (body) => api.renameDevice({ params: { id }, body }),
    done: () => {
      toast.done(words.renamed)
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={words.rename} radius="lg">
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={words.name} required data-autofocus {...form.getInputProps('name')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={sending}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Revoke({ details, onClose }: Props & { readonly onClose: () => void }): JSX.Element {
  const words = useWords(fleetTexts)
  const { id } = details.device
  const { form, submit, sending } = useContractForm({
    initialValues: { reason: '' },
    schema: Revocation,
    send: (body) => api.revokeDevice({ params: { id }, body }),
    done: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={words.revoking.heading} radius="lg">
      <form onSubmit={submit}>
        <Stack>
          <Text>{words.revoking.text}</Text>
          <TextInput
            label={words.revoking.reason}
            placeholder={words.revoking.reasonHint}
            required
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" color="red" loading={sending}>
              {words.revoke}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
