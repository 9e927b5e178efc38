import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { AccountRow } from '../../../contract/office/people.ts'
import { peopleTexts } from './people-words.ts'
import { useGrantWords } from '../account/grant-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { StateWord } from '../kit/StateWord.tsx'
import { useDeed } from '../kit/use-deed.tsx'
import { PEOPLE, STANDING } from './account-state.ts'

interface Props {
  readonly person: AccountRow | undefined
  readonly onClose: () => void
}

/** One account, and what an Operator does about it. */
export function PersonDrawer({ person, onClose }: Props): JSX.Element {
  return (
    <Drawer opened={person !== undefined} onClose={onClose} position="right" size="md" title={person?.name}>
      {person && <Details row={person} />}
    </Drawer>
  )
}

function Details({ row }: { readonly row: AccountRow }): JSX.Element {
  const words = useWords(peopleTexts)
  const grantWords = useGrantWords()
  const { details } = words
  const { run, busy, question } = useDeed([PEOPLE], details)
  // the row as it is now: deeds change it
  const { data } = useQuery({
    queryKey: [PEOPLE, 'one', row.id],
    queryFn: async ({ signal }) => {
      const { rows } = await api.people({ query: { search: row.email } }, signal)
      return rows.find(({ id }) => id === row.id) ?? null
    },
    initialData: row,
    staleTime: 0,
  })
  const { id, email, state, grants, sessions } = data ?? row
  const of = { params: { id }, body: {} }
  return (
    <Stack gap="lg">
      <div>
        <Text c="gray.6" mb={6}>
          {email}
        </Text>
        <Group gap="lg">
          <StateWord is={STANDING[state]}>{words.states[state]}</StateWord>
          <Text size="sm">{details.sessions(sessions)}</Text>
        </Group>
      </div>
      <div>
        <Title order={3} fz={16} mb={6}>
          {words.columns.grants}
        </Title>
        {grants.map((grant) => (
          <Group key={JSON.stringify(grant)} justify="space-between" wrap="nowrap">
            <Text>{grantWords(grant)}</Text>
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              onClick={() =>
                run({
                  label: details.removeGrant,
                  sure: details.sureRemove,
                  danger: true,
                  does: () => api.removeGrant({ params: { id }, body: { grant } }),
                  done: details.done,
                })
              }
            >
              {details.removeGrant}
            </Button>
          </Group>
        ))}
      </div>
      <Stack gap="xs">
        {state === 'invited' && (
          <Button
            loading={busy}
            onClick={() => run({ label: details.inviteAgain, does: () => api.inviteAgain(of), done: words.form.done })}
          >
            {details.inviteAgain}
          </Button>
        )}
        {state === 'active' && (
          <>
            <Button
              variant="default"
              disabled={sessions === 0}
              onClick={() =>
                run({
                  label: details.endSessions,
                  sure: details.sureEnd,
                  does: () => api.endPersonSessions(of),
                  done: details.done,
                })
              }
            >
              {details.endSessions}
            </Button>
            <Button
              variant="default"
              onClick={() =>
                run({
                  label: details.resetFactor,
                  sure: details.sureReset,
                  does: () => api.resetSecondFactor(of),
                  done: details.done,
                })
              }
            >
              {details.resetFactor}
            </Button>
          </>
        )}
        {state === 'disabled' ? (
          <Button
            loading={busy}
            onClick={() => run({ label: details.enable, does: () => api.enablePerson(of), done: details.done })}
          >
            {details.enable}
          </Button>
        ) : (
          <Button
            variant="light"
            color="red"
            onClick={() =>
              run({
                label: details.disable,
                sure: details.sureDisable,
                danger: true,
                does: () => api.disablePerson(of),
                done: details.done,
              })
            }
          >
            {details.disable}
          </Button>
        )}
      </Stack>
      {question}
    </Stack>
  )
}
