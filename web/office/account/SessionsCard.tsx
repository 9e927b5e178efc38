import { Button, Group, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { accountTexts } from './account-words.ts'
import { peopleTexts } from '../people/people-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { StateWord } from '../kit/StateWord.tsx'
import { Time } from '../kit/Time.tsx'
import { useDeed } from '../kit/use-deed.tsx'

export const SESSIONS = 'sessions'

/** Where I am signed in, each to be ended from here. */
export function SessionsCard(): JSX.Element {
  const { sessions: words } = useWords(accountTexts)
  const { details } = useWords(peopleTexts)
  const { run, busy, question } = useDeed([SESSIONS], details)
  const { data } = useQuery({ queryKey: [SESSIONS], queryFn: ({ signal }) => api.sessions(undefined, signal) })
  const others = data?.sessions.filter(({ current }) => !current).length ?? 0
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text c="gray.6" size="sm">
          {words.hint}
        </Text>
        {others > 0 && (
          <Button
            variant="default"
            size="xs"
            loading={busy}
            onClick={() =>
              run({ label: words.endOthers, does: () => api.endOtherSessions({ body: {} }), done: words.ended })
            }
          >
            {words.endOthers}
          </Button>
        )}
      </Group>
      {data ? (
        <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                {[words.device, words.network, words.since, words.seen].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
                <Table.Th>
                  <VisuallyHidden>{words.end}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.sessions.map(({ id, device, network, createdAt, seenAt, current }) => (
                <Table.Tr key={id}>
                  <Table.Td fw={600}>{device === '' ? words.unknown : device}</Table.Td>
                  <Table.Td>{network}</Table.Td>
                  <Table.Td>
                    <Time at={createdAt} />
                  </Table.Td>
                  <Table.Td>
                    <Time at={seenAt} />
                  </Table.Td>
                  <Table.Td ta="right">
                    {current ? (
                      <StateWord is="good">{words.current}</StateWord>
                    ) : (
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-sm"
                        onClick={() =>
                          run({
                            label: words.end,
                            does: () => api.endSession({ params: { id }, body: {} }),
                            done: words.ended,
                          })
                        }
                      >
                        {words.end}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <Skeleton h={90} />
      )}
      {question}
    </>
  )
}
