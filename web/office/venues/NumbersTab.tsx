import { BarChart } from '@mantine/charts'
import { Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { Numbers, VenueNumbers } from '../../../contract/office/cabinet.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from '../kit/Empty.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { byDay, byHour, busiestOf } from './numbers-of-days.ts'

const EVERY_MS = 30_000

/** How many came today and in a week; nothing of who. */
export function NumbersTab({ id }: { readonly id: number }): JSX.Element {
  const { language } = useLanguage()
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['venue', id, 'numbers'],
    queryFn: ({ signal }) => api.venueNumbers({ params: { id } }, signal),
    refetchInterval: EVERY_MS,
  })
  if (data) return <Shown numbers={data} now={dataUpdatedAt} />
  return error ? <Empty title={problemWords(error, language)} /> : <Loader mx="auto" display="block" mt={40} />
}

function Tiles({ numbers }: { readonly numbers: Numbers }): JSX.Element {
  const { numbers: words } = useWords(venueTexts)
  const { language } = useLanguage()
  const tile = (name: 'admitted' | 'refused' | 'check', color: string) => (
    <Paper withBorder radius="lg" p="md" key={name}>
      <Text fz={36} fw={750} lh={1.1} c={color}>
        {numbers[name].toLocaleString(language)}
      </Text>
      <Text fw={600}>{words[name]}</Text>
      <Text size="sm" c="gray.6">
        {words[`${name}Hint`]}
      </Text>
    </Paper>
  )
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      {tile('admitted', 'green.7')}
      {tile('refused', 'red.6')}
      {tile('check', 'amber.8')}
    </SimpleGrid>
  )
}

function Shown({ numbers, now }: { readonly numbers: VenueNumbers; readonly now: number }): JSX.Element {
  const { numbers: words } = useWords(venueTexts)
  const { language } = useLanguage()
  const hours = byHour(numbers, now)
  const days = byDay(numbers, now, language)
  const busiest = busiestOf(hours)
  const chart = (data: readonly Record<string, string | number>[], at: string, label: string) => (
    <div
      role="img"
      aria-label={`${label}: ${data.map((one) => `${one[at] ?? ''} — ${one['admitted'] ?? 0}`).join(', ')}`}
    >
      <BarChart
        h={240}
        data={[...data]}
        dataKey={at}
        type="stacked"
        withLegend
        series={[
          { name: 'admitted', label: words.admitted, color: 'green.6' },
          { name: 'refused', label: words.refused, color: 'red.6' },
          { name: 'check', label: words.check, color: 'amber.4' },
        ]}
        barProps={{ isAnimationActive: false, maxBarSize: 48 }}
        gridAxis="y"
        tickLine="none"
        valueFormatter={(value) => value.toLocaleString(language)}
      />
    </div>
  )
  return (
    <Stack gap="lg">
      <Tiles numbers={numbers.today} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper withBorder radius="lg" p="md">
          <Title order={2} fz={18}>
            {words.today}
          </Title>
          <Text c="gray.6" mb="sm">
            {busiest ? words.busiest(busiest.hour, busiest.admitted) : words.none}
          </Text>
          {busiest ? chart(hours, 'hour', words.today) : <Text c="gray.6">{words.noneHint}</Text>}
        </Paper>
        <Paper withBorder radius="lg" p="md">
          <Title order={2} fz={18} mb="sm">
            {words.week}
          </Title>
          {chart(days, 'day', words.week)}
        </Paper>
      </SimpleGrid>
    </Stack>
  )
}
