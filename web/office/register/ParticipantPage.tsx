import { Button, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { Link, useParams } from 'wouter'
import type { ParticipantPage as Participant } from '../../../contract/office/venue.ts'
import { registerTexts } from './register-words.ts'
import { api } from '../api.ts'
import { People } from '../cabinet/People.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { VenueStateWord } from '../venues/VenueStateWord.tsx'

/** An organisation, its venues and its people. */
export default function ParticipantPage(): JSX.Element {
  const id = Number(useParams()['id'])
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['participant', id],
    queryFn: ({ signal }) => api.participant({ params: { id } }, signal),
  })
  if (data) return <Known participant={data} />
  return error ? <Empty title={problemWords(error, language)} /> : <Loader mx="auto" display="block" mt={80} />
}

function Known({ participant }: { readonly participant: Participant }): JSX.Element {
  const { participants: words, form, venuesCount } = useWords(registerTexts)
  const { id, organisation } = participant
  const me = useMe()
  const { data: venues } = useQuery({
    queryKey: ['venues', 'of', id],
    queryFn: ({ signal }) => api.venues({ query: { participant: id, size: 50, sort: 'name' } }, signal),
  })
  const facts: readonly (readonly [string, string | null])[] = [
    [form.inn, participant.inn],
    [form.ogrn, participant.ogrn],
    [form.address, participant.address],
    [form.email, participant.email],
    [words.head, joined(participant.headPosition, participant.headName)],
    [words.contact, joined(participant.contactPosition, participant.contactName, participant.contactPhone)],
  ]
  return (
    <PageFrame
      title={organisation}
      actions={
        <Button component={Link} href={`/office/venues?participant=${id}`} variant="default">
          {words.allVenues}
        </Button>
      }
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper withBorder radius="lg" p="lg">
            <Stack gap="sm">
              {facts.map(([label, value]) =>
                value === null || value === '' ? null : (
                  <div key={label}>
                    <Text size="sm" c="gray.6">
                      {label}
                    </Text>
                    <Text>{value}</Text>
                  </div>
                ),
              )}
            </Stack>
          </Paper>
          <Paper withBorder radius="lg" p="lg">
            <Title order={2} fz={18} mb="sm">
              {venuesCount(participant.venues)}
            </Title>
            <Stack gap="md">
              {venues?.rows.map((venue) => (
                <div key={venue.id}>
                  <Text component={Link} href={`/office/venues/${venue.id}`} fw={600} c="action.7" display="block">
                    {venue.name}
                  </Text>
                  <Text size="sm" c="gray.6">
                    {venue.address}
                  </Text>
                  <VenueStateWord state={venue.state} />
                </div>
              ))}
            </Stack>
          </Paper>
        </SimpleGrid>
        {mayCall(me, 'colleagues') && (
          <div>
            <Title order={2} fz={20} mb="sm">
              {words.people}
            </Title>
            <People participantId={id} />
          </div>
        )}
      </Stack>
    </PageFrame>
  )
}

const joined = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(', ')
