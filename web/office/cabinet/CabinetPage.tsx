import { Button, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconBuildingStore, IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { Link } from 'wouter'
import type { Numbers } from '../../../contract/office/cabinet.ts'
import type { VenueRow } from '../../../contract/office/venue.ts'
import { cabinetTexts } from './cabinet-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { venueTexts } from '../venues/venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { VenueStateWord } from '../venues/VenueStateWord.tsx'

const EVERY_MS = 30_000

/** A Participant's venues with today's numbers. */
export default function CabinetPage(): JSX.Element {
  const { cabinet: words } = useWords(cabinetTexts)
  const { cabinet: title } = useWords(navTexts)
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['venues', 'own'],
    queryFn: ({ signal }) => api.venues({ query: { size: 200, sort: 'name' } }, signal),
  })
  const { data: today } = useQuery({
    queryKey: ['venues', 'today'],
    queryFn: ({ signal }) => api.numbersToday(undefined, signal),
    refetchInterval: EVERY_MS,
  })
  return (
    <PageFrame title={title} hint={words.hint}>
      {error ? (
        <Empty title={problemWords(error, language)} />
      ) : !data ? (
        <Loader mx="auto" display="block" mt={40} />
      ) : data.rows.length === 0 ? (
        <Paper withBorder radius="lg">
          <Empty icon={<IconBuildingStore size={40} stroke={1.4} />} title={words.empty} hint={words.emptyHint} />
        </Paper>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="lg">
          {data.rows.map((venue) => (
            <VenueCard key={venue.id} venue={venue} numbers={today?.venues.find(({ id }) => id === venue.id)} />
          ))}
        </SimpleGrid>
      )}
    </PageFrame>
  )
}

function VenueCard({
  venue,
  numbers,
}: {
  readonly venue: VenueRow
  readonly numbers: Numbers | undefined
}): JSX.Element {
  const { cabinet: words } = useWords(cabinetTexts)
  const { numbers: names, tabs } = useWords(venueTexts)
  const { kinds } = useWords(kindTexts)
  const { language } = useLanguage()
  const href = `/cabinet/venues/${venue.id}`
  const number = (name: 'admitted' | 'refused' | 'check', color: string) => (
    <div>
      <Text fz={28} fw={750} lh={1.1} c={color}>
        {numbers?.[name].toLocaleString(language) ?? '—'}
      </Text>
      <Text size="sm">{names[name]}</Text>
    </div>
  )
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md" h="100%">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={2} fz={20} style={{ overflowWrap: 'anywhere' }}>
              {venue.name}
            </Title>
            <Text size="sm" c="gray.6">
              {kinds[venue.kind]} · {venue.address}
            </Text>
          </div>
          <VenueStateWord state={venue.state} />
        </Group>
        {venue.state !== 'closed' && (
          <SimpleGrid cols={3}>
            {number('admitted', 'green.7')}
            {number('refused', 'red.6')}
            {number('check', 'amber.8')}
          </SimpleGrid>
        )}
        <Group gap="xs" mt="auto">
          <Button component={Link} href={href}>
            {words.open}
          </Button>
          {venue.state !== 'closed' && (
            <Button
              component={Link}
              href={`${href}?tab=poster`}
              variant="default"
              leftSection={<IconFileText size={18} />}
            >
              {tabs.poster}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}
