import { Text } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import dayjs from 'dayjs'
import type { JSX } from 'react'
import { Link, useLocation } from 'wouter'
import type { ParticipantRow } from '../../../contract/office/venue.ts'
import { navTexts } from '../shell/nav-words.ts'
import { registerTexts } from './register-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'

export default function ParticipantsPage(): JSX.Element {
  const { participants: words } = useWords(registerTexts)
  const { participants: title } = useWords(navTexts)
  const [, go] = useLocation()
  const columns: DataTableColumn<ParticipantRow>[] = [
    {
      accessor: 'organisation',
      title: words.organisation,
      sortable: true,
      render: ({ id, organisation, email }) => (
        <>
          <Text component={Link} href={`/office/participants/${id}`} fw={600} c="action.7">
            {organisation}
          </Text>
          <Text size="sm" c="gray.6">
            {email}
          </Text>
        </>
      ),
    },
    { accessor: 'inn', title: words.inn },
    { accessor: 'venues', title: words.venues, textAlign: 'right' },
    {
      accessor: 'createdAt',
      title: words.since,
      sortable: true,
      render: ({ createdAt }) => dayjs(createdAt).format('DD.MM.YYYY'),
    },
  ]
  return (
    <PageFrame title={title} hint={words.hint}>
      <DataTable<ParticipantRow>
        name="participants"
        load={(query, signal) => api.participants({ query }, signal)}
        columns={columns}
        idOf={({ id }) => id}
        defaultSort="organisation"
        onRow={({ id }) => go(`/office/participants/${id}`)}
        empty={<Empty icon={<IconBuilding size={40} stroke={1.4} />} title={words.empty} hint={words.emptyHint} />}
      />
    </PageFrame>
  )
}
