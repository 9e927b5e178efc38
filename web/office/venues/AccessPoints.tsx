import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Modal,
  Paper,
  SegmentedControl,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core'
import { IconDoorEnter, IconDoorExit, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { NewAccessPoint, type VenuePage } from '../../../contract/office/venue.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { Confirm } from '../kit/Confirm.tsx'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'

type Point = VenuePage['accessPoints'][number]
type Asked = { readonly kind: 'add' } | { readonly kind: 'rename' | 'retire'; readonly point: Point }

/** Entrances and exits of a venue. */
export function AccessPoints({ venue }: { readonly venue: VenuePage }): JSX.Element {
  const { points: words, act } = useWords(venueTexts)
  const me = useMe()
  const queries = useQueryClient()
  const [asked, ask] = useState<Asked>()
  const may = mayCall(me, 'addAccessPoint') && venue.state !== 'closed'
  const done = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['venue', venue.id] })
    toast.done(act.saved)
    ask(undefined)
  }
  return (
    <Paper withBorder radius="lg" p="md" maw={860}>
      <Group justify="space-between" mb="sm">
        <Text c="gray.6">{words.hint}</Text>
        {may && (
          <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => ask({ kind: 'add' })}>
            {words.add}
          </Button>
        )}
      </Group>
      <Table verticalSpacing="sm">
        <Table.Tbody>
          {venue.accessPoints.map((point) => (
            <Table.Tr key={point.id} c={point.retiredAt === null ? 'inherit' : 'gray.6'}>
              <Table.Td w={44}>
                {point.direction === 'entry' ? <IconDoorEnter size={22} /> : <IconDoorExit size={22} />}
              </Table.Td>
              <Table.Td fw={600}>{point.name}</Table.Td>
              <Table.Td>{words[point.direction]}</Table.Td>
              <Table.Td ta="right">
                {point.retiredAt !== null ? (
                  <Badge variant="light" color="gray" c="gray.7">
                    {words.retired}
                  </Badge>
                ) : (
                  may && (
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <ActionIcon
                        variant="subtle"
                        aria-label={`${words.rename}: ${point.name}`}
                        onClick={() => ask({ kind: 'rename', point })}
                      >
                        <IconPencil size={18} />
                      </ActionIcon>
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        aria-label={`${words.retire}: ${point.name}`}
                        onClick={() => ask({ kind: 'retire', point })}
                      >
                        <IconTrash size={18} />
                      </ActionIcon>
                    </Group>
                  )
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {asked?.kind === 'retire' && (
        <Confirm
          title={words.retireTitle(asked.point.name)}
          text={words.retireText}
          label={words.retire}
          danger
          onClose={() => ask(undefined)}
          act={() => api.retireAccessPoint({ params: { id: asked.point.id } }).then(done)}
        />
      )}
      {(asked?.kind === 'add' || asked?.kind === 'rename') && (
        <PointForm
          point={asked.kind === 'rename' ? asked.point : undefined}
          venueId={venue.id}
          onClose={() => ask(undefined)}
          done={done}
        />
      )}
    </Paper>
  )
}

function PointForm({
  point,
  venueId,
  onClose,
  done,
}: {
  readonly point: Point | undefined
  readonly venueId: number
  readonly onClose: () => void
  readonly done: () => Promise<void>
}): JSX.Element {
  const { points: words, act } = useWords(venueTexts)
  const { form, submit, sending } = useContractForm<NewAccessPoint, unknown>({
    initialValues: { name: point?.name ?? '', direction: point?.direction ?? 'entry' },
    schema: NewAccessPoint,
    send: ({ name, direction }) =>
      point
        ? api.renameAccessPoint({ params: { id: point.id }, body: { name } })
        : api.addAccessPoint({ params: { id: venueId }, body: { name, direction } }),
    done,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={point ? words.rename : words.addTitle}
      closeButtonProps={{ 'aria-label': act.cancel }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={words.name} {...form.getInputProps('name')} maxLength={100} data-autofocus />
          {!point && (
            <SegmentedControl
              aria-label={words.direction}
              data={(['entry', 'exit'] as const).map((value) => ({ value, label: words[value] }))}
              {...form.getInputProps('direction')}
            />
          )}
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
