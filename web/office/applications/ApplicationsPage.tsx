import { Badge, Group, Select, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { useLocation } from 'wouter'
import type { OfficeState } from '../../../contract/join/application-state.ts'
import { OFFICE_STATES } from '../../../contract/join/application-state.ts'
import type { ApplicationCounts, ApplicationRow } from '../../../contract/join/application-view.ts'
import { Branch, VenueKind } from '../../../contract/office/venue-kind.ts'
import { applicationTexts } from './applications-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { hasRole, useMe } from '../me.ts'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { StateWord } from '../kit/StateWord.tsx'
import { useTableState } from '../kit/table-state.ts'
import { clockStanding, ROW_KEY, shortDate, STANDING } from './labels.ts'

type Tab = OfficeState | 'overdue' | 'all'
const TABS: readonly Tab[] = ['submitted', 'overdue', ...OFFICE_STATES.slice(1), 'all']
const isTab = (text: string): text is Tab => TABS.some((tab) => tab === text)

/** The queue: whoever is nearest to the deadline first. */
export default function ApplicationsPage(): JSX.Element {
  const words = useWords(applicationTexts)
  const { applications: title } = useWords(navTexts)
  const [, go] = useLocation()
  const me = useMe()
  const state = useTableState()
  // what a person is here to do is shown first
  const first: Tab = hasRole(me, 'coordinator') ? 'submitted' : hasRole(me, 'operator') ? 'approved' : 'all'
  const chosen = state.filter('show')
  const tab = isTab(chosen) ? chosen : first
  const { data: counts } = useQuery({
    queryKey: [ROW_KEY, 'counts'],
    queryFn: ({ signal }) => api.applicationCounts(undefined, signal),
    refetchInterval: 30_000,
  })
  const everyBranch = hasRole(me, 'operator') || hasRole(me, 'auditor')
  return (
    <PageFrame title={title} hint={words.hint}>
      <Tabs tab={tab} counts={counts} onChoose={(next) => state.set({ show: next === first ? undefined : next })} />
      <DataTable<ApplicationRow>
        name={ROW_KEY}
        load={({ show: _, page, size, sort, search, kind, branch }, signal) =>
          api.applications(
            {
              query: {
                page,
                size,
                ...(sort !== undefined && { sort: String(sort) }),
                ...(search !== undefined && { search: String(search) }),
                ...(kind !== undefined && { kind: VenueKind.parse(kind) }),
                ...(branch !== undefined && { branch: Branch.parse(branch) }),
                ...(tab === 'overdue' ? { overdue: 'true' as const } : tab === 'all' ? {} : { state: tab }),
              },
            },
            signal,
          )
        }
        columns={useColumns(everyBranch, tab === 'all' || tab === 'overdue')}
        idOf={({ id }) => id}
        onRow={({ id }) => go(`/office/applications/${id}`)}
        refresh={30_000}
        filters={({ filter, set }) => (
          <Filters
            everyBranch={everyBranch}
            kind={filter('kind')}
            branch={filter('branch')}
            onChange={(change) => set(change)}
          />
        )}
        empty={tab === 'submitted' || tab === 'overdue' ? <Empty {...words.emptyQueue} /> : <Empty {...words.empty} />}
      />
    </PageFrame>
  )
}

interface TabsProps {
  readonly tab: Tab
  readonly counts: ApplicationCounts | undefined
  readonly onChoose: (tab: Tab) => void
}

function Tabs({ tab, counts, onChoose }: TabsProps): JSX.Element {
  const words = useWords(applicationTexts)
  const count = (one: Tab): number | undefined => {
    if (!counts) return undefined
    if (one === 'overdue') return counts.overdue
    if (one === 'all') return Object.values(counts.states).reduce((sum, many) => sum + many, 0)
    return counts.states[one] ?? 0
  }
  return (
    <Group gap={6} mb="md" className="filter-tabs" role="group" aria-label={words.tabsLabel}>
      {TABS.map((one) => (
        <UnstyledButton
          key={one}
          className="filter-tab"
          aria-pressed={one === tab}
          data-alarm={one === 'overdue' && (count(one) ?? 0) > 0}
          onClick={() => onChoose(one)}
        >
          {words.tabs[one]}{' '}
          {count(one) !== undefined && (
            <Badge component="span" variant="transparent" color="inherit" px={4} c="inherit" fz={14}>
              {count(one)}
            </Badge>
          )}
        </UnstyledButton>
      ))}
    </Group>
  )
}

interface FiltersProps {
  readonly everyBranch: boolean
  readonly kind: string
  readonly branch: string
  readonly onChange: (change: Record<string, string | undefined>) => void
}

function Filters({ everyBranch, kind, branch, onChange }: FiltersProps): JSX.Element {
  const { anyKind, anyBranch, columns } = useWords(applicationTexts)
  const { kinds, branches } = useWords(kindTexts)
  return (
    <>
      <Select
        aria-label={columns.kinds}
        placeholder={anyKind}
        data={VenueKind.options.map((value) => ({ value, label: kinds[value] }))}
        value={kind === '' ? null : kind}
        onChange={(value) => onChange({ kind: value ?? undefined })}
        clearable
        w={240}
      />
      {everyBranch && (
        <Select
          aria-label={columns.branch}
          placeholder={anyBranch}
          data={Branch.options.map((value) => ({ value, label: branches[value] }))}
          value={branch === '' ? null : branch}
          onChange={(value) => onChange({ branch: value ?? undefined })}
          clearable
          w={240}
        />
      )}
    </>
  )
}

/** `states`: the rows may be in several */
function useColumns(everyBranch: boolean, states: boolean): DataTableColumn<ApplicationRow>[] {
  const words = useWords(applicationTexts)
  const { kinds, branches } = useWords(kindTexts)
  const { language } = useLanguage()
  const { columns } = words
  return [
    {
      accessor: 'due',
      title: columns.due,
      sortable: true,
      width: 180,
      render: ({ due, hoursLeft }) =>
        due === undefined || hoursLeft === undefined ? (
          <Text c="gray.6">—</Text>
        ) : (
          <Stack gap={0}>
            <StateWord is={clockStanding(hoursLeft)}>{words.left(hoursLeft)}</StateWord>
            <Text fz="sm" c="gray.6">
              {words.due(shortDate(due, language))}
            </Text>
          </Stack>
        ),
    },
    {
      accessor: 'organisation',
      title: columns.organisation,
      sortable: true,
      render: ({ organisation, venue, venues, inn }) => (
        <Stack gap={0} miw={220}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {organisation}
          </Text>
          <Text fz="sm" c="gray.6" style={{ overflowWrap: 'anywhere' }}>
            {venue}
            {venues > 1 && ` ${words.more(venues - 1)}`} · {inn}
          </Text>
        </Stack>
      ),
    },
    {
      accessor: 'kinds',
      title: columns.kinds,
      render: (row) => (
        <Stack gap={0}>
          <Text>{row.kinds.map((kind) => kinds[kind]).join(', ')}</Text>
          {everyBranch && (
            <Text fz="sm" c="gray.6">
              {branches[row.branch]}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      accessor: 'submittedAt',
      title: columns.submittedAt,
      sortable: true,
      width: 130,
      render: ({ submittedAt, files }) => (
        <Stack gap={0}>
          <Text>{shortDate(submittedAt, language)}</Text>
          {files > 0 && (
            <Text fz="sm" c="gray.6">
              {words.files(files)}
            </Text>
          )}
        </Stack>
      ),
    },
    ...(states
      ? [
          {
            accessor: 'state',
            title: columns.state,
            width: 190,
            render: ({ state }: ApplicationRow) => <StateWord is={STANDING[state]}>{words.states[state]}</StateWord>,
          },
        ]
      : []),
    {
      accessor: 'reference',
      title: columns.reference,
      width: 110,
      render: ({ id, reference }) => (
        <a className="row-link" href={`/office/applications/${id}`} onClick={(event) => event.preventDefault()}>
          {reference}
        </a>
      ),
    },
  ]
}
