import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { navTexts } from '../shell/nav-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { People } from './People.tsx'

/** An owner's staff; whoever owns several Participants sees them one under the other. */
export default function PeoplePage(): JSX.Element {
  const { staff: title } = useWords(navTexts)
  const { data } = useQuery({
    queryKey: ['own-participants'],
    queryFn: ({ signal }) => api.ownParticipants(undefined, signal),
  })
  return (
    <PageFrame title={title}>
      <Stack gap="lg">
        {data?.participants.map(({ id, organisation }) => (
          <section key={id}>
            <Title order={2} fz={18} mb="sm">
              {organisation}
            </Title>
            <People participantId={id} />
          </section>
        ))}
      </Stack>
    </PageFrame>
  )
}
