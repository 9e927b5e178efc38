import { Select, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import type { JSX } from 'react'
import { Link } from 'wouter'
import { RowOutcome, type ListRow } from '../../../contract/office/venue-lists.ts'
import { listTexts } from './lists-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { fieldWords } from '../kit/problem-words.ts'
import { StateWord, type Standing } from '../kit/StateWord.tsx'

const STANDING: Readonly<Record<RowOutcome, Standing>> = {
  wrong: 'bad',
  waiting: 'going',
  registered: 'good',
  'there-before': 'over',
  failed: 'bad',
}

/** Rows of a list. @param version changes when their outcomes do */
export function ImportRows({ id, version }: { readonly id: number; readonly version: string }): JSX.Element {
  const words = useWords(listTexts)
  const { language } = useLanguage()
  const columns: DataTableColumn<ListRow>[] = [
    { accessor: 'line', title: words.line, width: 70 },
    {
      accessor: 'outcome',
      title: words.outcome,
      width: 170,
      render: ({ outcome }) => <StateWord is={STANDING[outcome]}>{words.outcomes[outcome]}</StateWord>,
    },
    {
      accessor: 'name',
      title: words.venue,
      width: 360,
      render: ({ name, address, organisation, inn, venue }) => (
        <>
          {venue === null ? (
            <Text fw={600}>{name}</Text>
          ) : (
            <Text component={Link} href={`/office/venues/${venue}`} fw={600} c="action.7">
              {name}
            </Text>
          )}
          <Text size="sm" c="gray.6">
            {address}
          </Text>
          <Text size="sm" c="gray.6">
            {organisation} · {inn}
          </Text>
        </>
      ),
    },
    {
      accessor: 'faults',
      title: words.fault,
      render: ({ faults }) =>
        faults.map(({ field, message, value }) => (
          <Text key={field} size="sm">
            <b>{words.fields[field]}</b>: {fieldWords(message, language)}
            {value !== '' && <Text span c="gray.6">{` — «${value}»`}</Text>}
          </Text>
        )),
    },
  ]
  return (
    <DataTable<ListRow>
      key={version}
      name={`import-${id}`}
      load={(query, signal) => api.listRows({ params: { id }, query }, signal)}
      columns={columns}
      idOf={({ line }) => line}
      searchable={false}
      filters={(state) => (
        <Select
          aria-label={words.outcome}
          placeholder={words.all}
          data={RowOutcome.options.map((value) => ({ value, label: words.outcomes[value] }))}
          value={state.filter('outcome') === '' ? null : state.filter('outcome')}
          onChange={(value) => state.set({ outcome: value ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': words.all }}
        />
      )}
      empty={<Empty icon={<IconFileSpreadsheet size={40} stroke={1.4} />} title={words.nothing} />}
    />
  )
}
