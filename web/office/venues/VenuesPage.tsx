import { Button, Group, Select, Text } from '@mantine/core'
import { IconBuildingStore, IconPlus, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { JSX } from 'react'
import { Link, useLocation } from 'wouter'
import { VenueState, type VenueRow } from '../../../contract/office/venue.ts'
import { spokenCode } from '../../../contract/office/venue-code.ts'
import { Branch, VenueKind } from '../../../contract/office/venue-kind.ts'
import { navTexts } from '../shell/nav-words.ts'
import { registerTexts } from '../register/register-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import type { TableState } from '../kit/table-state.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { VenueStateWord } from './VenueStateWord.tsx'

/** The register, for whoever reads more than one Participant's venues. */
export default function VenuesPage(): JSX.Element {
  const { venues: words } = useWords(registerTexts)
  const { venues: title } = useWords(navTexts)
  const me = useMe()
  const [, go] = useLocation()
  const columns = useColumns()
  return (
    <PageFrame
      title={title}
      hint={words.hint}
      actions={
        mayCall(me, 'register') && (
          <Group gap="xs">
            <Button component={Link} href="/office/imports" variant="default" leftSection={<IconUpload size={18} />}>
              {words.import}
            </Button>
            <Button component={Link} href="/office/register/new" leftSection={<IconPlus size={18} />}>
              {words.register}
            </Button>
          </Group>
        )
      }
    >
      <DataTable<VenueRow>
        name="venues"
        load={(query, signal) => api.venues({ query }, signal)}
        columns={columns}
        idOf={({ id }) => id}
        filters={(state) => <Filters state={state} />}
        actions={mayCall(me, 'exportVenues') && <ExportMenu />}
        defaultSort="name"
        onRow={({ id }) => go(`/office/venues/${id}`)}
        empty={<Empty icon={<IconBuildingStore size={40} stroke={1.4} />} title={words.empty} hint={words.emptyHint} />}
      />
    </PageFrame>
  )
}

function useColumns(): DataTableColumn<VenueRow>[] {
  const { venues: words } = useWords(registerTexts)
  const { kinds } = useWords(kindTexts)
  return [
    {
      accessor: 'name',
      title: words.name,
      sortable: true,
      width: 250,
      render: ({ id, name, address }) => (
        <>
          <Text component={Link} href={`/office/venues/${id}`} fw={600} c="action.7" className="row-link">
            {name}
          </Text>
          <Text size="sm" c="gray.6">
            {address}
          </Text>
        </>
      ),
    },
    { accessor: 'state', title: words.state, sortable: true, render: ({ state }) => <VenueStateWord state={state} /> },
    { accessor: 'kind', title: words.kind, sortable: true, width: 150, render: ({ kind }) => kinds[kind] },
    { accessor: 'municipality', title: words.municipality, sortable: true, width: 150 },
    {
      accessor: 'participant',
      title: words.participant,
      width: 190,
      render: ({ participant }) =>
        participant && (
          <>
            <Text size="sm" lineClamp={2}>
              {participant.organisation}
            </Text>
            <Text size="xs" c="gray.6">
              {participant.inn}
            </Text>
          </>
        ),
    },
    {
      accessor: 'poster',
      title: words.code,
      noWrap: true,
      render: ({ poster }) => <code>{poster && spokenCode(poster)}</code>,
    },
    {
      accessor: 'createdAt',
      title: words.added,
      sortable: true,
      render: ({ createdAt }) => dayjs(createdAt).format('DD.MM.YYYY'),
    },
  ]
}

function Filters({ state }: { readonly state: TableState }): JSX.Element {
  const { venues: words, states } = useWords(registerTexts)
  const { kinds, branches } = useWords(kindTexts)
  const { data } = useQuery({
    queryKey: ['venues', 'municipalities'],
    queryFn: ({ signal }) => api.municipalities(undefined, signal),
  })
  const choice = (name: string, label: string, data: { value: string; label: string }[], searchable = false) => (
    <Select
      aria-label={label}
      placeholder={label}
      data={data}
      value={state.filter(name) === '' ? null : state.filter(name)}
      onChange={(value) => state.set({ [name]: value ?? undefined })}
      clearable
      clearButtonProps={{ 'aria-label': words.all }}
      searchable={searchable}
      w={{ base: 'calc(50% - 6px)', xs: 158 }}
    />
  )
  return (
    <>
      {choice(
        'state',
        words.state,
        VenueState.options.map((value) => ({ value, label: states[value] })),
      )}
      {choice(
        'branch',
        words.branch,
        Branch.options.map((value) => ({ value, label: branches[value] })),
      )}
      {choice(
        'kind',
        words.kind,
        VenueKind.options.map((value) => ({ value, label: kinds[value] })),
        true,
      )}
      {choice(
        'municipality',
        words.municipality,
        (data?.municipalities ?? []).map((value) => ({ value, label: value })),
        true,
      )}
    </>
  )
}
