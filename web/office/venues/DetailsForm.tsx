import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { VenueChange, type VenuePage } from '../../../contract/office/venue.ts'
import { VenueKind } from '../../../contract/office/venue-kind.ts'
import { registerTexts } from '../register/register-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'

export function DetailsForm({
  venue,
  onClose,
}: {
  readonly venue: VenuePage
  readonly onClose: () => void
}): JSX.Element {
  const { act } = useWords(venueTexts)
  const { form: words } = useWords(registerTexts)
  const { kinds } = useWords(kindTexts)
  const queries = useQueryClient()
  const { name, kind, address, municipality, version } = venue
  const readAgain = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['venue', venue.id] })
    await queries.invalidateQueries({ queryKey: ['venues'] })
  }
  const { form, submit, sending } = useContractForm({
    initialValues: { name, kind, address, municipality, version },
    schema: VenueChange,
    send: (body) => api.changeVenue({ params: { id: venue.id }, body }),
    done: async () => {
      await readAgain()
      toast.done(act.saved)
      onClose()
    },
    refused: ({ code }) => {
      if (code === 'moved-on') {
        void readAgain()
        onClose()
      }
      return false
    },
  })
  return (
    <Modal opened onClose={onClose} title={act.edit} closeButtonProps={{ 'aria-label': act.cancel }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={words.name} {...form.getInputProps('name')} data-autofocus />
          <Select
            label={words.kind}
            data={VenueKind.options.map((value) => ({ value, label: kinds[value] }))}
            allowDeselect={false}
            {...form.getInputProps('kind')}
          />
          <TextInput label={words.address} {...form.getInputProps('address')} />
          <TextInput label={words.municipality} {...form.getInputProps('municipality')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {act.cancel}
            </Button>
            <Button type="submit" loading={sending}>
              {act.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
