import {
  Box,
  ActionIcon,
  Button,
  Group,
  Loader,
  Modal,
  Paper,
  SegmentedControl,
  Stack,
  Table,
  Text,
  TextInput,
  VisuallyHidden,
} from '@mantine/core'
import { IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { NewColleague, type Colleague } from '../../../contract/office/cabinet.ts'
import { cabinetTexts } from './cabinet-words.ts'
import { venueTexts } from '../venues/venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { hasRole, useMe } from '../me.ts'
import { Confirm } from '../kit/Confirm.tsx'
import { Empty } from '../kit/Empty.tsx'
import { useContractForm } from '../kit/form.ts'
import { problemWords, toast } from '../kit/problem-words.ts'
import { StateWord } from '../kit/StateWord.tsx'

/** Who signs in for a Participant: its owner adds and removes staff, the Operator owners too. */
export function People({ participantId }: { readonly participantId: number }): JSX.Element {
  const { people: words } = useWords(cabinetTexts)
  const { language } = useLanguage()
  const isOperator = hasRole(useMe(), 'operator')
  const queries = useQueryClient()
  const [inviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<Colleague>()
  const queryKey = ['people-of', participantId]
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.colleagues({ params: { id: participantId } }, signal),
  })
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey })
  return (
    <Paper withBorder radius="lg" p="md" maw={980}>
      <Group justify="space-between" mb="sm">
        <Text c="gray.6">{words.hint}</Text>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setInviting(true)}>
          {words.invite}
        </Button>
      </Group>
      {error ? (
        <Empty title={problemWords(error, language)} />
      ) : !data ? (
        <Loader mx="auto" display="block" my="xl" />
      ) : data.people.length === 0 ? (
        <Empty icon={<IconUsers size={40} stroke={1.4} />} title={words.empty} hint={words.emptyHint} />
      ) : (
        // `relative`: the hidden heading would else stand in the page, past its edge
        <Box pos="relative" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={words.hint}>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.name}</Table.Th>
                <Table.Th>{words.role}</Table.Th>
                <Table.Th>{words.state}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{words.remove}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.people.map((person) => (
                <Table.Tr key={`${person.accountId} ${person.role}`}>
                  <Table.Td>
                    <Text fw={600}>{person.name}</Text>
                    <Text size="sm" c="gray.6">
                      {person.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>{words.roles[person.role]}</Table.Td>
                  <Table.Td>
                    <StateWord is={person.joined ? 'good' : 'going'}>
                      {person.joined ? words.joined : words.invited}
                    </StateWord>
                  </Table.Td>
                  <Table.Td ta="right">
                    {(person.role === 'staff' || isOperator) && (
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        aria-label={`${words.remove}: ${person.name}`}
                        onClick={() => setLeaving(person)}
                      >
                        <IconTrash size={18} />
                      </ActionIcon>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
      {inviting && (
        <InviteForm
          participantId={participantId}
          withOwner={isOperator}
          onClose={() => setInviting(false)}
          done={again}
        />
      )}
      {leaving && (
        <Confirm
          title={words.removeTitle(leaving.name)}
          text={words.removeText}
          label={words.remove}
          danger
          onClose={() => setLeaving(undefined)}
          act={() =>
            api
              .removeColleague({ params: { id: participantId, account: leaving.accountId } })
              .then(again)
              .then(() => toast.done(words.removed))
          }
        />
      )}
    </Paper>
  )
}

function InviteForm({
  participantId,
  withOwner,
  onClose,
  done,
}: {
  readonly participantId: number
  readonly withOwner: boolean
  readonly onClose: () => void
  readonly done: () => Promise<void>
}): JSX.Element {
  const { people: words } = useWords(cabinetTexts)
  const { act } = useWords(venueTexts)
  const { form, submit, sending } = useContractForm<{ email: string; name: string; role: 'owner' | 'staff' }, unknown>({
    initialValues: { email: '', name: '', role: 'staff' },
    schema: NewColleague.loose(),
    send: (body) => api.inviteColleague({ params: { id: participantId }, body }),
    done: async () => {
      await done()
      toast.done(words.sent)
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={words.invite} closeButtonProps={{ 'aria-label': act.cancel }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={words.name} {...form.getInputProps('name')} data-autofocus autoComplete="off" />
          <TextInput type="email" label={words.email} {...form.getInputProps('email')} autoComplete="off" />
          {withOwner && (
            <SegmentedControl
              aria-label={words.role}
              data={(['staff', 'owner'] as const).map((value) => ({ value, label: words.roles[value] }))}
              {...form.getInputProps('role')}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {act.cancel}
            </Button>
            <Button type="submit" loading={sending}>
              {words.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
