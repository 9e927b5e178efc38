import { Anchor, Button, Select, Text, Tooltip } from '@mantine/core'
import { IconMailForward, IconMail } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { JSX } from 'react'
import { Link } from 'wouter'
import { MAIL_STATES, type Delivery, type MailState } from '../../../contract/office/mail.ts'
import { mailTexts } from './mail-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { DataTable, type DataTableColumn } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { toast } from '../kit/problem-words.ts'
import { StateWord, type Standing } from '../kit/StateWord.tsx'
import type { TableState } from '../kit/table-state.ts'
import { faultOf } from './mail-fault.ts'

const MAILS = 'mails'
const STANDING: Readonly<Record<MailState, Standing>> = {
  queued: 'going',
  sending: 'going',
  sent: 'good',
  bounced: 'bad',
  failed: 'bad',
}
/** Where the object of a mail is shown; of others only what it is. */
const PAGE: Readonly<Record<string, string>> = { application: '/office/applications', venue: '/office/venues' }

const wordOr = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key
const time = (iso: string): string => dayjs(iso).format('DD.MM.YYYY HH:mm')

/** The Operator's list of mails and what became of them. */
export default function MailsPage(): JSX.Element {
  const { mails } = useWords(navTexts)
  const words = useWords(mailTexts)
  const columns: DataTableColumn<Delivery>[] = [
    {
      accessor: 'recipient',
      title: words.columns.recipient,
      render: ({ recipient, kind }) => (
        <>
          <Text size="sm" fw={600}>
            {recipient}
          </Text>
          <Text size="xs" c="gray.6">
            {wordOr(words.kinds, kind)}
          </Text>
        </>
      ),
    },
    { accessor: 'state', title: words.columns.state, width: 250, render: (mail) => <State {...mail} /> },
    { accessor: 'about', title: words.columns.about, noWrap: true, render: (mail) => <About {...mail} /> },
    {
      accessor: 'createdAt',
      title: words.columns.createdAt,
      sortable: true,
      noWrap: true,
      render: ({ createdAt, sentAt }) => (
        <>
          <Text size="sm">{time(createdAt)}</Text>
          {sentAt !== null && (
            <Text size="xs" c="gray.6">
              {words.sentAt(dayjs(sentAt).format('HH:mm:ss'))}
            </Text>
          )}
        </>
      ),
    },
    { accessor: 'id', title: words.columns.actions, textAlign: 'right', render: (mail) => <Repeat {...mail} /> },
  ]
  return (
    <PageFrame title={mails} hint={words.hint}>
      <DataTable<Delivery>
        name={MAILS}
        load={(query, signal) => api.listMails({ query }, signal)}
        columns={columns}
        idOf={({ id }) => id}
        filters={(state) => <Filters state={state} />}
        defaultSort="-createdAt"
        refresh={5000}
        empty={<Empty title={words.empty} hint={words.emptyHint} icon={<IconMail size={48} stroke={1.3} />} />}
      />
    </PageFrame>
  )
}

function Filters({ state }: { readonly state: TableState }): JSX.Element {
  const words = useWords(mailTexts)
  return (
    <>
      <Select
        aria-label={words.filter.state}
        placeholder={words.filter.state}
        clearable
        w={190}
        data={MAIL_STATES.map((value) => ({ value, label: words.states[value] }))}
        value={state.filter('state') || null}
        onChange={(value) => state.set({ state: value ?? '' })}
      />
      <Select
        aria-label={words.filter.kind}
        placeholder={words.filter.kind}
        clearable
        w={230}
        data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
        value={state.filter('kind') || null}
        onChange={(value) => state.set({ kind: value ?? '' })}
      />
    </>
  )
}

function About({ about, repeats }: Delivery): JSX.Element {
  const words = useWords(mailTexts)
  const name = `${wordOr(words.about, about.kind)} ${about.id}`
  const page = PAGE[about.kind]
  return (
    <>
      {page === undefined ? (
        <Text size="sm">{name}</Text>
      ) : (
        <Anchor component={Link} href={`${page}/${encodeURIComponent(about.id)}`} size="sm">
          {name}
        </Anchor>
      )}
      {repeats !== null && (
        <Text size="xs" c="gray.6">
          {words.repeated(repeats)}
        </Text>
      )}
    </>
  )
}

function State({ state, error, attempts, nextAt }: Delivery): JSX.Element {
  const words = useWords(mailTexts)
  const isLater = state === 'queued' && attempts > 0
  return (
    <>
      <StateWord is={isLater ? 'wait' : STANDING[state]}>{words.states[state]}</StateWord>
      {error !== null && (
        <Tooltip label={words.code(error)} withArrow>
          <Text size="xs" c="gray.7" mt={2}>
            {words.faults[faultOf(error)]}
          </Text>
        </Tooltip>
      )}
      {isLater && (
        <Text size="xs" c="gray.6">
          {words.attempts(attempts)}
          {nextAt !== null && `, ${words.next(dayjs(nextAt).format('HH:mm'))}`}
        </Text>
      )}
    </>
  )
}

function Repeat({ id, state, canBeRepeated }: Delivery): JSX.Element | null {
  const words = useWords(mailTexts)
  const { language } = useLanguage()
  const client = useQueryClient()
  const repeat = useMutation({
    mutationFn: () => api.repeatMail({ params: { id }, body: {} }),
    onSuccess: async () => {
      toast.done(words.done)
      await client.invalidateQueries({ queryKey: [MAILS] })
    },
    onError: (thrown) => toast.failed(thrown, language),
  })
  if (state === 'sending') return null
  const button = (
    <Button
      size="xs"
      variant={state === 'sent' ? 'subtle' : 'light'}
      leftSection={<IconMailForward size={16} />}
      disabled={!canBeRepeated}
      loading={repeat.isPending}
      onClick={() => repeat.mutate()}
    >
      {state === 'queued' ? words.tryNow : words.repeat}
    </Button>
  )
  if (canBeRepeated) return button
  return (
    <Tooltip label={words.forgotten} multiline w={260} withArrow>
      <span>{button}</span>
    </Tooltip>
  )
}
