import { Alert, Button, Code, Select, Text, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { IconHistory, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { AuditEntry } from '../../../contract/office/audit.ts'
import { auditTexts } from './audit-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { toast } from '../kit/problem-words.ts'
import type { TableState } from '../kit/table-state.ts'
import { Time } from '../kit/Time.tsx'

/** Who did what to which object and why. */
export default function AuditPage(): JSX.Element {
  const nav = useWords(navTexts)
  const words = useWords(auditTexts)
  const { language } = useLanguage()
  const office = useWords(officeTexts)
  const roleWords: Readonly<Record<string, string>> = { ...office.roles, ...words.roles }
  const verification = useMutation({
    mutationFn: () => api.verifyAudit({ body: {} }),
    onError: (thrown) => toast.failed(thrown, language),
  })
  const columns: DataTableColumn<AuditEntry>[] = [
    { accessor: 'seq', title: words.columns.seq, sortable: true, textAlign: 'right', width: 80 },
    { accessor: 'at', title: words.columns.at, render: ({ at }) => <Time at={at} /> },
    {
      accessor: 'account',
      title: words.columns.who,
      render: ({ account, role }) => (
        <>
          <Text size="sm" fw={600}>
            {account?.name ?? (account ? `№ ${account.id}` : words.system)}
          </Text>
          {account && (
            <Text size="xs" c="gray.6">
              {roleWords[role] ?? role}
            </Text>
          )}
        </>
      ),
    },
    { accessor: 'action', title: words.columns.action, render: ({ action }) => <ActionWords action={action} /> },
    {
      accessor: 'object',
      title: words.columns.object,
      render: ({ object: { kind, id } }) => `${kind} ${id}`,
    },
    { accessor: 'purpose', title: words.columns.purpose },
    {
      accessor: 'detail',
      title: words.columns.detail,
      render: ({ detail }) =>
        detail && (
          <Text size="xs" c="gray.7" style={{ overflowWrap: 'anywhere' }}>
            {Object.entries(detail)
              .filter(([, value]) => value !== null)
              .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
              .join(', ')}
          </Text>
        ),
    },
  ]
  return (
    <PageFrame
      title={nav.audit}
      hint={words.hint}
      actions={
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={18} />}
          loading={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {words.verify}
        </Button>
      }
    >
      {verification.data && <Verified {...verification.data} />}
      <DataTable
        name="audit"
        load={(query, signal) => api.audit({ query }, signal)}
        columns={columns}
        idOf={({ seq }) => seq}
        defaultSort="-seq"
        filters={(state) => <Filters state={state} />}
        empty={<Empty title={words.empty} hint={words.emptyHint} icon={<IconHistory size={40} stroke={1.4} />} />}
      />
    </PageFrame>
  )
}

function Verified(result: {
  readonly rows: number
  readonly brokenAt: number | null
  readonly head: string
}): JSX.Element {
  const words = useWords(auditTexts)
  if (result.brokenAt !== null) {
    return <Alert color="red" mb="md" role="alert" title={words.broken(result.brokenAt)} />
  }
  return (
    <Alert color="green" mb="md" role="status" title={words.good(result.rows)}>
      <Code style={{ overflowWrap: 'anywhere' }}>{result.head}</Code>
    </Alert>
  )
}

/** In words where there are some; the code is what a filter and a report hold to. */
function ActionWords({ action }: { readonly action: string }): JSX.Element {
  const actions: Readonly<Record<string, string>> = useWords(auditTexts).actions
  const said = actions[action]
  return (
    <>
      {said !== undefined && <Text size="sm">{said}</Text>}
      <Text size="xs" ff="monospace" c={said === undefined ? 'gray.9' : 'gray.6'}>
        {action}
      </Text>
    </>
  )
}

function Filters({ state }: { readonly state: TableState }): JSX.Element {
  const words = useWords(auditTexts)
  const { data } = useQuery({
    queryKey: ['audit', 'actions'],
    queryFn: ({ signal }) => api.auditActions(undefined, signal),
  })
  return (
    <>
      <Select
        aria-label={words.columns.action}
        placeholder={words.anyAction}
        clearable
        searchable
        w={210}
        data={[...(data?.actions ?? [])]}
        value={state.filter('action') || null}
        onChange={(action) => state.set({ action: action ?? '' })}
      />
      <Select
        aria-label={words.columns.object}
        placeholder={words.anyKind}
        clearable
        w={170}
        data={[...(data?.objectKinds ?? [])]}
        value={state.filter('objectKind') || null}
        onChange={(objectKind) => state.set({ objectKind: objectKind ?? '' })}
      />
      <TextInput
        aria-label={words.objectId}
        placeholder={words.objectId}
        w={120}
        defaultValue={state.filter('objectId')}
        onBlur={({ currentTarget: { value } }) => state.set({ objectId: value })}
        onKeyDown={({ key, currentTarget: { value } }) => {
          if (key === 'Enter') state.set({ objectId: value })
        }}
      />
      {(['from', 'until'] as const).map((name) => (
        <DateInput
          key={name}
          aria-label={words[name]}
          placeholder={words[name]}
          valueFormat="DD.MM.YYYY"
          clearable
          w={140}
          value={state.filter(name) || null}
          onChange={(day) => state.set({ [name]: day ?? '' })}
        />
      ))}
    </>
  )
}
