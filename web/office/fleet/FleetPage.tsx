import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceDesktopPlus, IconDevices } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { useLocation } from 'wouter'
import type { FleetDevice } from '../../../contract/office/fleet.ts'
import { fleetTexts } from './fleet-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { StateWord } from '../kit/StateWord.tsx'
import type { TableState } from '../kit/table-state.ts'
import { NewTerminal } from './NewTerminal.tsx'
import { OpenCodes } from './OpenCodes.tsx'
import { ago, clockWords, readerWords, standing } from './device-state.ts'

/** ms between looks. */
const REFRESH = 15_000

export default function FleetPage(): JSX.Element {
  const words = useWords(fleetTexts)
  const me = useMe()
  const [, go] = useLocation()
  const [adding, { open, close }] = useDisclosure()
  const mayAdd = mayCall(me, 'makeEnrolmentCode')
  const add = mayAdd && (
    <Button leftSection={<IconDeviceDesktopPlus size={18} />} onClick={open}>
      {words.add}
    </Button>
  )
  return (
    <PageFrame title={words.heading} hint={words.hint} actions={add}>
      <Stack gap="lg">
        <DataTable<FleetDevice>
          name="fleet"
          load={(query, signal) => api.fleetDevices({ query }, signal)}
          columns={useColumns()}
          idOf={({ id }) => id}
          filters={(state) => <Filters state={state} />}
          empty={
            <Empty title={words.empty.heading} hint={words.empty.hint} icon={<IconDevices size={40} stroke={1.4} />}>
              {add}
            </Empty>
          }
          onRow={({ id }) => go(`/office/devices/${id}`)}
          defaultSort="-attention"
          refresh={REFRESH}
        />
        {mayAdd && <OpenCodes />}
      </Stack>
      {adding && <NewTerminal onClose={close} />}
    </PageFrame>
  )
}

function useColumns(): DataTableColumn<FleetDevice>[] {
  const words = useWords(fleetTexts)
  const { columns } = words
  return [
    {
      accessor: 'name',
      title: columns.name,
      sortable: true,
      width: 190,
      render: ({ name, venue, accessPoint }) => (
        <>
          <Text fw={600} fz="sm">
            {name}
          </Text>
          <Text c="gray.6" fz="xs">
            {venue.name} · {accessPoint.name}
          </Text>
        </>
      ),
    },
    {
      accessor: 'attention',
      title: columns.attention,
      sortable: true,
      render: (device) => <DeviceStanding device={device} />,
    },
    { accessor: 'seenAt', title: columns.seenAt, sortable: true, render: ({ seenAt }) => ago(seenAt, words) },
    {
      accessor: 'unsent',
      title: columns.unsent,
      sortable: true,
      render: ({ report }) => (report?.queue.oldest === undefined ? words.none : ago(report.queue.oldest, words)),
    },
    {
      accessor: 'waiting',
      title: columns.waiting,
      sortable: true,
      render: ({ report }) => report?.queue.waiting ?? '',
    },
    {
      accessor: 'list',
      title: columns.list,
      render: ({ report }) => report && ago(report.denyList?.confirmedAt, words),
    },
    { accessor: 'clock', title: columns.clock, render: ({ report }) => report && clockWords(report, words) },
    { accessor: 'readers', title: columns.readers, render: ({ report }) => report && readerWords(report, words) },
    { accessor: 'version', title: columns.version, sortable: true, render: ({ report }) => report?.version },
  ]
}

export function DeviceStanding({ device }: { readonly device: FleetDevice }): JSX.Element {
  const words = useWords(fleetTexts)
  const { is, word } = standing(device, words)
  const [, ...more] = device.alarms
  return (
    <>
      <StateWord is={is}>{word}</StateWord>
      {more.length > 0 && (
        <Text c="gray.6" fz="xs">
          {more.map((alarm) => words.alarms[alarm]).join(', ')}
        </Text>
      )}
    </>
  )
}

/** Each choice with how many there are of it. */
function Filters({ state }: { readonly state: TableState }): JSX.Element {
  const words = useWords(fleetTexts)
  const { data } = useQuery({
    queryKey: ['fleet', 'summary'],
    queryFn: ({ signal }) => api.fleetSummary(undefined, signal),
    refetchInterval: REFRESH,
  })
  const choices = <Key extends string>(
    counted: readonly { readonly key: Key; readonly count: number }[] | undefined,
    name: (key: Key) => string,
  ) => (counted ?? []).map(({ key, count }) => ({ value: key, label: `${name(key)} · ${count}` }))
  const filter = (name: 'alarm' | 'state' | 'version', data: { value: string; label: string }[]): JSX.Element => (
    <Select
      aria-label={words.filters[name]}
      placeholder={words.filters[name]}
      data={data}
      value={state.filter(name) || null}
      onChange={(value) => state.set({ [name]: value ?? undefined })}
      clearable
      w={{ base: '100%', xs: name === 'alarm' ? 240 : 190 }}
    />
  )
  return (
    <Group gap="sm" w={{ base: '100%', xs: 'auto' }}>
      {filter(
        'alarm',
        choices(data?.alarms, (key) => words.alarms[key]),
      )}
      {filter(
        'state',
        choices(data?.states, (key) => words.states[key]),
      )}
      {filter(
        'version',
        choices(data?.versions, (key) => key),
      )}
    </Group>
  )
}
