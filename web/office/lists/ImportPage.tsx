import { Button, Checkbox, Group, Loader, Paper, Progress, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { useParams } from 'wouter'
import type { ListImport } from '../../../contract/office/venue-lists.ts'
import { listTexts } from './lists-words.ts'
import { api, saveFile } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords, toast } from '../kit/problem-words.ts'
import { StateWord } from '../kit/StateWord.tsx'
import { ImportRows } from './ImportRows.tsx'
import { IMPORT_STANDING } from './ImportsPage.tsx'

const EVERY_MS = 1000

/** One list: what was understood, then how far it is, then what became of it. */
export default function ImportPage(): JSX.Element {
  const id = Number(useParams()['id'])
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => api.listImport({ params: { id } }, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? EVERY_MS : false),
  })
  if (data) return <Known list={data} />
  return error ? <Empty title={problemWords(error, language)} /> : <Loader mx="auto" display="block" mt={80} />
}

function Known({ list }: { readonly list: ListImport }): JSX.Element {
  const words = useWords(listTexts)
  const { language } = useLanguage()
  const { id, file, state, counts, columns } = list
  const report = (): void =>
    void api
      .listReport({ params: { id }, query: { format: 'xlsx', locale: language } })
      .then(saveFile, (thrown: unknown) => toast.failed(thrown, language))
  return (
    <PageFrame
      title={file}
      actions={
        <Button variant="default" leftSection={<IconDownload size={18} />} onClick={report}>
          {words.report}
        </Button>
      }
    >
      <Stack gap="lg">
        <Group gap="lg" mt={-12}>
          <StateWord is={IMPORT_STANDING[state]}>{words.states[state]}</StateWord>
          {(['waiting', 'registered', 'there-before', 'wrong', 'failed'] as const)
            .filter((outcome) => counts[outcome] > 0)
            .map((outcome) => (
              <Text key={outcome} c="gray.7">
                {words.outcomes[outcome]}: <b>{counts[outcome]}</b>
              </Text>
            ))}
        </Group>
        {state !== 'done' && <Confirming list={list} />}
        {state === 'preview' && (
          <Paper withBorder radius="lg" p="md">
            <Text fw={600} mb="xs">
              {words.columns}
            </Text>
            <Group gap="lg" style={{ rowGap: 4 }}>
              {columns.map(
                ({ field, header }) =>
                  header !== null && (
                    <Text key={field} size="sm">
                      {words.fields[field]}: <b>{header}</b>
                    </Text>
                  ),
              )}
            </Group>
            <Text size="sm" c="gray.6" mt="xs">
              {words.noColumn}:{' '}
              {columns.flatMap(({ field, header }) => (header === null ? [words.fields[field]] : [])).join(', ') || '—'}
            </Text>
          </Paper>
        )}
        <ImportRows id={id} version={JSON.stringify(counts)} />
      </Stack>
    </PageFrame>
  )
}

function Confirming({ list: { id, state, counts } }: { readonly list: ListImport }): JSX.Element {
  const words = useWords(listTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [mail, setMail] = useState(true)
  const [busy, setBusy] = useState(false)
  const done = counts.registered + counts.failed
  const all = done + counts.waiting
  const confirm = (): void => {
    setBusy(true)
    api
      .confirmList({ params: { id }, body: { mail } })
      .then(
        () => queries.invalidateQueries({ queryKey: ['imports'] }),
        (thrown: unknown) => toast.failed(thrown, language),
      )
      .finally(() => setBusy(false))
  }
  if (state === 'running') {
    return (
      <Paper withBorder radius="lg" p="lg">
        <Text fw={600} mb="xs" aria-live="polite">
          {words.progress(done, all)}
        </Text>
        <Progress value={all === 0 ? 100 : (done / all) * 100} size="lg" aria-label={words.progress(done, all)} />
        <Group mt="md">
          <Button variant="subtle" size="compact-sm" onClick={confirm} loading={busy}>
            {words.goOn}
          </Button>
        </Group>
      </Paper>
    )
  }
  if (counts.waiting === 0) return <Text c="gray.7">{words.nothing}</Text>
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack>
        {counts.wrong > 0 && <Text c="gray.7">{words.skip}</Text>}
        <Checkbox
          label={words.mail}
          description={words.mailHint}
          checked={mail}
          onChange={({ currentTarget }) => setMail(currentTarget.checked)}
        />
        <Group>
          <Button size="md" onClick={confirm} loading={busy}>
            {words.confirm(counts.waiting)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
