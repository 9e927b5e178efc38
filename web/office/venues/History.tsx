import { Code, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import dayjs from 'dayjs'
import type { JSX } from 'react'
import type { VenuePage } from '../../../contract/office/venue.ts'
import { spokenCode } from '../../../contract/office/venue-code.ts'
import { venueTexts } from './venue-words.ts'
import { useWords } from '../language.tsx'
import { StateWord, type Standing } from '../kit/StateWord.tsx'

const MAIL: Readonly<Record<VenuePage['mails'][number]['state'], Standing>> = {
  queued: 'going',
  sending: 'going',
  sent: 'good',
  bounced: 'bad',
  failed: 'bad',
}

/** The codes a venue had, and the mails about it. */
export function History({ venue }: { readonly venue: VenuePage }): JSX.Element {
  const { history: words, since } = useWords(venueTexts)
  const day = (iso: string): string => dayjs(iso).format('DD.MM.YYYY HH:mm')
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Paper withBorder radius="lg" p="md">
        <Title order={2} fz={18} mb="sm">
          {words.codes}
        </Title>
        <Table verticalSpacing="sm">
          <Table.Tbody>
            {venue.codes.map(({ code, issuedAt, retiredAt }) => (
              <Table.Tr key={code}>
                <Table.Td>
                  <Code fz="md">{spokenCode(code)}</Code>
                </Table.Td>
                <Table.Td>
                  <StateWord is={retiredAt === null ? 'good' : 'over'}>
                    {retiredAt === null ? words.now : words.until(day(retiredAt))}
                  </StateWord>
                </Table.Td>
                <Table.Td c="gray.6">{since(day(issuedAt))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Paper withBorder radius="lg" p="md">
        <Title order={2} fz={18} mb="sm">
          {words.mails}
        </Title>
        {venue.mails.length === 0 ? (
          <Text c="gray.6">{words.noMails}</Text>
        ) : (
          <Stack gap={0}>
            <Table verticalSpacing="sm">
              <Table.Tbody>
                {venue.mails.map(({ id, kind, state, at }) => (
                  <Table.Tr key={id}>
                    <Table.Td fw={600}>{kind === 'poster' ? words.kinds.poster : words.kinds.other}</Table.Td>
                    <Table.Td>
                      <StateWord is={MAIL[state]}>{words.states[state]}</StateWord>
                    </Table.Td>
                    <Table.Td c="gray.6">{day(at)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        )}
      </Paper>
    </SimpleGrid>
  )
}
