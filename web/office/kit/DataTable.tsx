import { Box, Button, Group, Paper, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DataTable as Table, type DataTableColumn, type DataTableSortStatus } from 'mantine-datatable'
import { useState, type JSX, type ReactNode } from 'react'
import { officeTexts } from './office-words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from './Empty.tsx'
import { problemWords } from './problem-words.ts'
import { PAGE_SIZES, useTableState, type TableState } from './table-state.ts'

export type { DataTableColumn }

interface Props<Row> {
  /** of the cache: actions that change rows invalidate it, `queryClient.invalidateQueries({ queryKey: [name] })` */
  readonly name: string
  /** the endpoint: `(query, signal) => api.people({ query }, signal)`; the query holds page, size, sort, search, filters */
  readonly load: (
    query: Readonly<Record<string, string | number | undefined>>,
    signal: AbortSignal,
  ) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>
  /** `accessor` of a sortable column is its name in the route's `tableQuery` */
  readonly columns: DataTableColumn<Row>[]
  readonly idOf: (row: Row) => string | number
  readonly searchable?: boolean
  /** fields for the table's own filters, tied to `state.filter` and `state.set` */
  readonly filters?: (state: TableState) => ReactNode
  /** on the right, above the table */
  readonly actions?: ReactNode
  /** where there are no rows at all: what belongs here and how it comes here */
  readonly empty: JSX.Element
  readonly onRow?: (row: Row) => void
  readonly defaultSort?: string
  /** milliseconds between looks at what others do */
  readonly refresh?: number
}

/** A table that sorts, filters and pages on the server; what it shows stands in the address, so it can be sent on. */
export function DataTable<Row>(props: Props<Row>): JSX.Element {
  const { name, load, columns, idOf, searchable = true, filters, actions, empty, onRow, defaultSort, refresh } = props
  const words = useWords(officeTexts)
  const { language } = useLanguage()
  const state = useTableState()
  const sort = state.sort ?? defaultSort
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [name, 'table', state.query],
    queryFn: ({ signal }) => load({ ...state.query, page: state.page, size: state.size, sort }, signal),
    placeholderData: keepPreviousData,
    ...(refresh !== undefined && { refetchInterval: refresh }),
  })
  const filtered = Object.keys(state.query).some((key) => !['page', 'size', 'sort'].includes(key))
  const none = data?.total === 0
  const sortStatus: DataTableSortStatus<Row> = {
    columnAccessor: sort?.replace(/^-/, '') ?? '',
    direction: sort?.startsWith('-') ? 'desc' : 'asc',
  }
  return (
    <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
      {(searchable || filters !== undefined || actions !== undefined) && (
        <Group p="sm" gap="sm" align="flex-end">
          {searchable && <Search state={state} />}
          {filters?.(state)}
          <Box ml="auto">{actions}</Box>
        </Group>
      )}
      {error && !data ? (
        <Empty title={words.failed.heading} hint={problemWords(error, language)}>
          <Button onClick={() => void refetch()}>{words.failed.retry}</Button>
        </Empty>
      ) : none && !filtered ? (
        empty
      ) : none ? (
        <Empty title={words.table.noMatch} hint={words.table.noMatchHint}>
          <Button variant="default" onClick={state.clear}>
            {words.table.clear}
          </Button>
        </Empty>
      ) : (
        <Table<Row>
          columns={columns}
          records={[...(data?.rows ?? [])]}
          idAccessor={(row) => idOf(row)}
          fetching={isPending}
          minHeight={data ? 0 : 220}
          sortStatus={sortStatus}
          onSortStatusChange={({ columnAccessor, direction }) =>
            state.set({ sort: `${direction === 'desc' ? '-' : ''}${String(columnAccessor)}` })
          }
          totalRecords={data?.total ?? 0}
          page={state.page}
          onPageChange={(page) => state.set({ page: page === 1 ? undefined : String(page) })}
          recordsPerPage={state.size}
          recordsPerPageOptions={PAGE_SIZES}
          onRecordsPerPageChange={(size) => state.set({ size: String(size) })}
          recordsPerPageLabel={words.table.perPage}
          paginationText={({ from, to, totalRecords }) => words.table.of(from, to, totalRecords)}
          paginationActiveBackgroundColor="action.6"
          onRowClick={({ record }) => onRow?.(record)}
          rowStyle={() => ({ cursor: onRow ? 'pointer' : 'default' })}
          highlightOnHover={onRow !== undefined}
          withTableBorder={false}
          verticalSpacing="xs"
          horizontalSpacing="sm"
          withRowBorders
          // whoever has only a keyboard scrolls it too
          scrollAreaProps={{ type: 'auto', viewportProps: { tabIndex: 0 } }}
        />
      )}
    </Paper>
  )
}

function Search({ state }: { readonly state: TableState }): JSX.Element {
  const words = useWords(officeTexts)
  const [text, setText] = useState(state.search)
  const send = useDebouncedCallback((search: string) => state.set({ search }), 250)
  return (
    <TextInput
      type="search"
      aria-label={words.table.search}
      placeholder={words.table.search}
      leftSection={<IconSearch size={16} />}
      value={text}
      maxLength={200}
      w={{ base: '100%', xs: 280 }}
      onChange={({ currentTarget: { value } }) => {
        setText(value)
        send(value)
      }}
    />
  )
}
