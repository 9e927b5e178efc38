import { Anchor, Box, Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconFileTypePdf } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { JSX, ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import type { ApplicationView } from '../../../contract/join/application-view.ts'
import { applicationTexts } from './applications-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { api, saveFile, type GivenFile } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords, toast } from '../kit/problem-words.ts'
import { StateWord } from '../kit/StateWord.tsx'
import { Deciding } from './Deciding.tsx'
import { Duplicates } from './Duplicates.tsx'
import { History } from './History.tsx'
import { dateAndTime, ROW_KEY, STANDING } from './labels.ts'

/** One application as its paper says it, with what is known beside it, and the decision. */
export default function ApplicationPage(): JSX.Element {
  const { id = '' } = useParams()
  const { failed } = useWords(officeTexts)
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: [ROW_KEY, 'one', id],
    queryFn: ({ signal }) => api.application({ params: { id: Number(id) } }, signal),
    refetchInterval: 30_000,
  })
  if (data) return <Shown key={data.id} view={data} />
  if (error) return <Empty title={failed.heading} hint={problemWords(error, language)} />
  return <Loader mx="auto" display="block" my={80} />
}

function Shown({ view }: { readonly view: ApplicationView }): JSX.Element {
  const words = useWords(applicationTexts)
  const { kinds, coordinators } = useWords(kindTexts)
  const { language } = useLanguage()
  const { parts, fields } = words
  const { form } = view
  const round = 'round' in view.detail && view.detail.round > 1 ? ` · ${words.round(view.detail.round)}` : ''
  return (
    <PageFrame
      title={view.organisation}
      hint={`№ ${view.reference} · ${dateAndTime(view.submittedAt, language)}${round}`}
      actions={
        <Button
          component={Link}
          href="/office/applications"
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
        >
          {words.back}
        </Button>
      }
    >
      <div className="columns">
        <Stack gap="md">
          <Duplicates view={view} />
          <Part title={parts.venues}>
            {form.venues.map(({ name, kind, address }, at) => (
              <Box key={at} mt={at === 0 ? 0 : 'sm'}>
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Text>
                <Text c="gray.7" style={{ overflowWrap: 'anywhere' }}>
                  {kind !== '' && kinds[kind]} · {address}
                </Text>
              </Box>
            ))}
            <Text fz="sm" c="gray.6" mt="sm">
              {coordinators[view.branch]}
            </Text>
          </Part>
          <Part title={parts.organisation}>
            <Facts
              facts={[
                [fields.name, form.organisation],
                [fields.inn, form.inn],
                [fields.ogrn, form.ogrn],
                [fields.address, form.address],
              ]}
            />
          </Part>
          <Part title={parts.head}>
            <Facts
              facts={[
                [fields.headName, form.headName],
                [fields.headPosition, form.headPosition],
              ]}
            />
          </Part>
          <Part title={parts.contact}>
            <Facts
              facts={[
                [fields.contactName, form.contactName],
                [fields.contactPosition, form.contactPosition],
                [fields.phone, form.contactPhone],
                [fields.email, form.email],
              ]}
            />
          </Part>
        </Stack>
        <Stack gap="md" className="beside">
          <Part title={parts.decision}>
            <StateWord is={STANDING[view.state]}>{words.states[view.state]}</StateWord>
            <Deciding view={view} />
          </Part>
          <Documents view={view} />
          <Part title={parts.history}>
            <History entries={view.history} />
          </Part>
        </Stack>
      </div>
    </PageFrame>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Paper withBorder radius="lg" p="lg">
      <Title order={2} fz={18} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Documents({ view }: { readonly view: ApplicationView }): JSX.Element {
  const words = useWords(applicationTexts)
  const { language } = useLanguage()
  const me = useMe()
  const save = (file: Promise<GivenFile>): void =>
    void file.then(saveFile, (thrown: unknown) => toast.failed(thrown, language))
  return (
    <Part title={words.parts.files}>
      <Stack gap="xs" align="flex-start">
        {view.attached.length === 0 && <Text c="gray.6">{words.noFiles}</Text>}
        {mayCall(me, 'applicationFile') &&
          view.attached.map(({ id, name, size, uploadedAt, sha256 }) => (
            <Box key={id} maw="100%">
              <Anchor
                component="button"
                ta="left"
                fw={600}
                style={{ overflowWrap: 'anywhere' }}
                title={`${words.sha}: ${sha256}`}
                onClick={() => save(api.applicationFile({ params: { id: view.id, file: id } }))}
              >
                <IconDownload size={16} style={{ verticalAlign: -3 }} aria-hidden /> {name}
              </Anchor>
              <Text fz="sm" c="gray.6">
                {Math.max(1, Math.round(size / 1024))} KB · {dateAndTime(uploadedAt, language)}
              </Text>
            </Box>
          ))}
        {mayCall(me, 'applicationPaper') && (
          <Group>
            <Button
              variant="light"
              leftSection={<IconFileTypePdf size={18} />}
              onClick={() => save(api.applicationPaper({ params: { id: view.id } }))}
            >
              {words.paper}
            </Button>
          </Group>
        )}
      </Stack>
    </Part>
  )
}
