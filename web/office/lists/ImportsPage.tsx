import {
  Box,
  Alert,
  Badge,
  FileButton,
  Button,
  Group,
  List,
  Paper,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core'
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { useState, type JSX } from 'react'
import { Link, useLocation } from 'wouter'
import { LIST_FIELDS, REQUIRED_FIELDS, type ListImport } from '../../../contract/office/venue-lists.ts'
import { listTexts } from './lists-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { ApiProblem, api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { fieldWords, toast } from '../kit/problem-words.ts'
import { StateWord, type Standing } from '../kit/StateWord.tsx'

export const IMPORT_STANDING: Readonly<Record<ListImport['state'], Standing>> = {
  preview: 'wait',
  running: 'going',
  done: 'good',
}

/** Upload a list, or look at one that was uploaded. */
export default function ImportsPage(): JSX.Element {
  const words = useWords(listTexts)
  const { imports: title } = useWords(navTexts)
  const { language } = useLanguage()
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const [faults, setFaults] = useState<readonly string[]>([])
  const { data } = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => api.listImports(undefined, signal),
  })
  const upload = (file: File | null): void => {
    if (!file) return
    setBusy(true)
    setFaults([])
    api
      .uploadList({ body: file })
      .then(
        ({ id }) => go(`/office/imports/${id}`),
        (thrown: unknown) => {
          if (thrown instanceof ApiProblem && thrown.errors.some(({ field }) => field === 'file'))
            setFaults(thrown.errors.map(({ message }) => fieldWords(message, language)))
          else toast.failed(thrown, language)
        },
      )
      .finally(() => setBusy(false))
  }
  return (
    <PageFrame title={title} hint={words.hint}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper withBorder radius="lg" p="xl">
            <Stack align="center" ta="center" gap="md">
              <IconFileSpreadsheet size={44} stroke={1.3} />
              <Text c="gray.7">{words.drop}</Text>
              <FileButton onChange={upload} accept=".xlsx,.csv,.txt">
                {(props) => (
                  <Button {...props} size="md" leftSection={<IconUpload size={18} />} loading={busy}>
                    {words.choose}
                  </Button>
                )}
              </FileButton>
              {faults.length > 0 && (
                <Alert color="red" variant="light" title={words.refused} ta="left" w="100%" role="alert">
                  <List>
                    {faults.map((fault) => (
                      <List.Item key={fault}>{fault}</List.Item>
                    ))}
                  </List>
                </Alert>
              )}
            </Stack>
          </Paper>
          <Paper withBorder radius="lg" p="lg">
            <Columns title={words.needed} fields={REQUIRED_FIELDS} />
            <Columns title={words.also} fields={LIST_FIELDS.filter((field) => !REQUIRED_FIELDS.includes(field))} />
          </Paper>
        </SimpleGrid>
        {data && data.imports.length > 0 && (
          <Paper withBorder radius="lg" p="md">
            <Title order={2} fz={18} mb="sm">
              {words.before}
            </Title>
            <Box style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={words.before}>
              <Table verticalSpacing="sm">
                <Table.Tbody>
                  {data.imports.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td>
                        <Text component={Link} href={`/office/imports/${one.id}`} fw={600} c="action.7">
                          {one.file}
                        </Text>
                      </Table.Td>
                      <Table.Td>
                        <StateWord is={IMPORT_STANDING[one.state]}>{words.states[one.state]}</StateWord>
                      </Table.Td>
                      <Table.Td c="gray.6">{dayjs(one.createdAt).format('DD.MM.YYYY HH:mm')}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Box>
          </Paper>
        )}
      </Stack>
    </PageFrame>
  )
}

function Columns({
  title,
  fields,
}: {
  readonly title: string
  readonly fields: readonly (typeof LIST_FIELDS)[number][]
}): JSX.Element {
  const words = useWords(listTexts)
  return (
    <>
      <Text fw={600} mb={6}>
        {title}
      </Text>
      <Group gap={6} mb="md">
        {fields.map((field) => (
          <Badge key={field} variant="light" color="gray" c="gray.8" tt="none" size="lg">
            {words.fields[field]}
          </Badge>
        ))}
      </Group>
    </>
  )
}
