import { Button, Select, Stack, Text } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState, type JSX } from 'react'
import type { AccountRow, AccountState } from '../../../contract/office/people.ts'
import { ROLES } from '../../../contract/office/role.ts'
import { navTexts } from '../shell/nav-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { peopleTexts } from './people-words.ts'
import { useGrantWords } from '../account/grant-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { StateWord } from '../kit/StateWord.tsx'
import type { TableState } from '../kit/table-state.ts'
import { Time } from '../kit/Time.tsx'
import { PEOPLE, STANDING } from './account-state.ts'
import { InviteModal } from './InviteModal.tsx'
import { PersonDrawer } from './PersonDrawer.tsx'

/** Everybody with an account. */
export default function PeoplePage(): JSX.Element {
  const nav = useWords(navTexts)
  const words = useWords(peopleTexts)
  const grantWords = useGrantWords()
  const [inviting, setInviting] = useState(false)
  const [chosen, setChosen] = useState<AccountRow>()
  const invite = (
    <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
      {words.invite}
    </Button>
  )
  const columns: DataTableColumn<AccountRow>[] = [
    {
      accessor: 'name',
      title: words.columns.name,
      sortable: true,
      render: ({ name, email }) => (
        <>
          <Text fw={600} size="sm">
            {name}
          </Text>
          <Text size="xs" c="gray.6">
            {email}
          </Text>
        </>
      ),
    },
    {
      accessor: 'grants',
      title: words.columns.grants,
      render: ({ grants }) => (
        <Stack gap={0}>
          {grants.map((grant) => (
            <Text size="sm" key={JSON.stringify(grant)}>
              {grantWords(grant)}
            </Text>
          ))}
        </Stack>
      ),
    },
    {
      accessor: 'state',
      title: words.columns.state,
      render: ({ state }) => <StateWord is={STANDING[state]}>{words.states[state]}</StateWord>,
    },
    {
      accessor: 'secondFactor',
      title: words.columns.factor,
      render: ({ secondFactor }) => (secondFactor ? words.factorOn : words.factorOff),
    },
    {
      accessor: 'seenAt',
      title: words.columns.seenAt,
      render: ({ seenAt }) => (seenAt === null ? <Text size="sm">{words.never}</Text> : <Time at={seenAt} />),
    },
    {
      accessor: 'createdAt',
      title: words.columns.createdAt,
      sortable: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ]
  return (
    <PageFrame title={nav.people} hint={words.hint} actions={invite}>
      <DataTable
        name={PEOPLE}
        load={(query, signal) => api.people({ query }, signal)}
        columns={columns}
        idOf={({ id }) => id}
        defaultSort="name"
        refresh={15_000}
        onRow={setChosen}
        filters={(state) => <Filters state={state} />}
        empty={<Empty title={words.empty} hint={words.emptyHint} icon={<IconUsers size={40} stroke={1.4} />} />}
      />
      <InviteModal opened={inviting} onClose={() => setInviting(false)} />
      <PersonDrawer person={chosen} onClose={() => setChosen(undefined)} />
    </PageFrame>
  )
}

function Filters({ state }: { readonly state: TableState }): JSX.Element {
  const words = useWords(peopleTexts)
  const { roles } = useWords(officeTexts)
  const states: readonly AccountState[] = ['active', 'invited', 'disabled']
  return (
    <>
      <Select
        aria-label={words.columns.grants}
        placeholder={words.anyRole}
        clearable
        w={210}
        data={ROLES.map((role) => ({ value: role, label: roles[role] }))}
        value={state.filter('role') || null}
        onChange={(role) => state.set({ role: role ?? '' })}
      />
      <Select
        aria-label={words.columns.state}
        placeholder={words.anyState}
        clearable
        w={190}
        data={states.map((value) => ({ value, label: words.states[value] }))}
        value={state.filter('state') || null}
        onChange={(value) => state.set({ state: value ?? '' })}
      />
    </>
  )
}
