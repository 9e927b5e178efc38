import { Alert, Button, Group, Loader, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { Link, useParams } from 'wouter'
import type { DeviceDetails } from '../../../contract/office/fleet.ts'
import { fleetTexts } from './fleet-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { DeviceActions } from './DeviceActions.tsx'
import { DeviceStanding } from './FleetPage.tsx'
import { ago, clockWords, moment, readerWords } from './device-state.ts'

export default function DevicePage(): JSX.Element {
  const words = useWords(fleetTexts)
  const { language } = useLanguage()
  const { id } = useParams<{ id: string }>()
  const { data, error } = useQuery({
    queryKey: ['fleet', 'device', id],
    queryFn: ({ signal }) => api.fleetDevice({ params: { id } }, signal),
    refetchInterval: 15_000,
  })
  const back = (
    <Button component={Link} href="/office/devices" variant="subtle" leftSection={<IconArrowLeft size={16} />} px={6}>
      {words.back}
    </Button>
  )
  if (error && !data) return <Empty title={problemWords(error, language)}>{back}</Empty>
  if (!data) return <Loader mx="auto" display="block" mt={80} aria-label={words.heading} />
  const { device, revoked } = data
  return (
    <>
      {back}
      <PageFrame
        title={device.name}
        hint={`${device.venue.name} · ${device.accessPoint.name}`}
        actions={<DeviceActions details={data} />}
      >
        <Stack gap="lg">
          {device.state === 'pending' && data.fingerprint !== null && (
            <Alert color="yellow" title={words.compare}>
              <Text fw={800} fz={24} style={{ letterSpacing: '0.04em' }}>
                {data.fingerprint}
              </Text>
            </Alert>
          )}
          {revoked && <Alert color="gray">{words.revokedBecause(revoked.reason ?? moment(revoked.at))}</Alert>}
          <Facts details={data} />
          <Reports details={data} />
        </Stack>
      </PageFrame>
    </>
  )
}

function Facts({ details }: { readonly details: DeviceDetails }): JSX.Element {
  const words = useWords(fleetTexts)
  const { facts } = words
  const { device, fingerprint, keyMadeAt } = details
  const { report } = device
  const rows: readonly (readonly [string, JSX.Element | string])[] = [
    [facts.state, <DeviceStanding key="state" device={device} />],
    [facts.seenAt, device.seenAt === null ? words.never : `${ago(device.seenAt, words)}, ${moment(device.seenAt)}`],
    ...(report
      ? ([
          [facts.queue, words.events(report.queue.waiting)],
          [facts.oldest, report.queue.oldest === undefined ? words.none : ago(report.queue.oldest, words)],
          [facts.list, ago(report.denyList?.confirmedAt, words)],
          [facts.clock, clockWords(report, words)],
          [facts.readers, readerWords(report, words)],
          [facts.mode, words.modes[report.mode]],
          [facts.disk, report.disk === undefined ? '—' : `${Math.round(report.disk * 100)} %`],
          [facts.version, report.version],
          [facts.runtime, report.runtime],
          [facts.started, moment(report.startedAt)],
        ] as const)
      : []),
    [facts.platform, device.platform],
    [facts.enrolled, moment(device.createdAt)],
    [facts.fingerprint, fingerprint ?? words.none],
    [facts.keyMade, moment(keyMadeAt)],
  ]
  return (
    <Paper withBorder radius="lg" p="lg">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg" verticalSpacing="md" component="dl" m={0}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" c="gray.6" fz="sm">
              {name}
            </Text>
            <Text component="dd" m={0} fw={600} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  )
}

function Reports({ details }: { readonly details: DeviceDetails }): JSX.Element {
  const words = useWords(fleetTexts)
  const { columns } = words
  if (details.reports.length === 0) return <Text c="gray.6">{words.noReports}</Text>
  return (
    <Paper withBorder radius="lg" p="md">
      <Group mb="xs">
        <Title order={2} fz="lg">
          {words.reports}
        </Title>
      </Group>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {[words.at, columns.attention, columns.waiting, columns.list, columns.clock, columns.readers].map(
                (name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {details.reports.map(({ at, alarms, report }) => (
              <Table.Tr key={at}>
                <Table.Td>{moment(at)}</Table.Td>
                <Table.Td>
                  {alarms.length === 0 ? words.well : alarms.map((alarm) => words.alarms[alarm]).join(', ')}
                </Table.Td>
                <Table.Td>{report.queue.waiting}</Table.Td>
                <Table.Td>{report.denyList ? moment(report.denyList.confirmedAt) : words.never}</Table.Td>
                <Table.Td>{clockWords(report, words)}</Table.Td>
                <Table.Td>{readerWords(report, words)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
