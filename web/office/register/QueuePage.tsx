import { Button, Text, VisuallyHidden } from '@mantine/core'
import { IconInbox, IconPlus } from '@tabler/icons-react'
import type { JSX } from 'react'
import { Link, useLocation } from 'wouter'
import type { ApplicationRow } from '../../../contract/join/application-view.ts'
import { navTexts } from '../shell/nav-words.ts'
import { registerTexts } from './register-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { StateWord } from '../kit/StateWord.tsx'

const EVERY_MS = 60_000

/** What Coordinators have approved and the Operator is to register. */
export default function QueuePage(): JSX.Element {
  const { queue: words, venuesCount } = useWords(registerTexts)
  const { queue: title } = useWords(navTexts)
  const [, go] = useLocation()
  const formOf = (id: number): string => `/office/register/new?application=${id}`
  const columns: DataTableColumn<ApplicationRow>[] = [
    {
      accessor: 'organisation',
      title: words.organisation,
      sortable: true,
      render: ({ id, organisation, inn, reference }) => (
        <>
          <Text component={Link} href={formOf(id)} fw={600} c="action.7">
            {organisation}
          </Text>
          <Text size="sm" c="gray.6">
            {reference} · {inn}
          </Text>
        </>
      ),
    },
    {
      accessor: 'venue',
      title: words.venues,
      render: ({ venue, venues }) => (venues === 1 ? venue : `${venue} · ${venuesCount(venues)}`),
    },
    {
      accessor: 'due',
      title: words.due,
      sortable: true,
      render: ({ hoursLeft }) =>
        hoursLeft === undefined ? null : (
          <StateWord is={hoursLeft < 0 ? 'bad' : hoursLeft <= 8 ? 'wait' : 'going'}>{words.hours(hoursLeft)}</StateWord>
        ),
    },
    {
      accessor: 'act',
      title: <VisuallyHidden>{words.register}</VisuallyHidden>,
      textAlign: 'right',
      render: ({ id }) => (
        <Button component={Link} href={formOf(id)} size="compact-md" variant="light">
          {words.register}
        </Button>
      ),
    },
  ]
  return (
    <PageFrame
      title={title}
      hint={words.hint}
      actions={
        <Button component={Link} href="/office/register/new" variant="default" leftSection={<IconPlus size={18} />}>
          {words.byHand}
        </Button>
      }
    >
      <DataTable<ApplicationRow>
        name="applications"
        load={(query, signal) => api.applications({ query: { ...query, state: 'approved' } }, signal)}
        columns={columns}
        idOf={({ id }) => id}
        defaultSort="due"
        refresh={EVERY_MS}
        onRow={({ id }) => go(formOf(id))}
        empty={<Empty icon={<IconInbox size={40} stroke={1.4} />} title={words.empty} hint={words.emptyHint} />}
      />
    </PageFrame>
  )
}
