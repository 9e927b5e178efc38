import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconMail, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { PosterSize, type VenuePage } from '../../../contract/office/venue.ts'
import { spokenCode } from '../../../contract/office/venue-code.ts'
import { venueTexts } from './venue-words.ts'
import { api, saveFile } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { Confirm } from '../kit/Confirm.tsx'
import { toast } from '../kit/problem-words.ts'
import { PosterCheckForm } from './PosterCheckForm.tsx'

/** The poster: to print, to mail, to make anew, and to check the one that hangs. */
export function PosterTab({ venue }: { readonly venue: VenuePage }): JSX.Element {
  const { poster: words } = useWords(venueTexts)
  const { language } = useLanguage()
  const me = useMe()
  const queries = useQueryClient()
  const [busy, setBusy] = useState<string>()
  const [asked, setAsked] = useState(false)
  const params = { id: venue.id }
  const doing = (name: string, work: Promise<unknown>): void => {
    setBusy(name)
    work.catch((thrown: unknown) => toast.failed(thrown, language)).finally(() => setBusy(undefined))
  }
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['venue', venue.id] })
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Paper withBorder radius="lg" p="lg">
        <Title order={2} fz={18}>
          {words.title}
        </Title>
        <Text c="gray.6" mt={4}>
          {venue.state === 'closed' ? words.closed : words.hint}
        </Text>
        {venue.state !== 'closed' && (
          <Stack mt="md">
            <div>
              <Text size="sm" c="gray.6">
                {words.code}
              </Text>
              <Text fz={34} fw={750} style={{ letterSpacing: '0.02em' }}>
                {spokenCode(venue.poster)}
              </Text>
            </div>
            <Group gap="xs">
              {PosterSize.options.map((size) => (
                <Button
                  key={size}
                  variant={size === 'a4' ? 'filled' : 'default'}
                  leftSection={<IconDownload size={18} />}
                  loading={busy === size}
                  onClick={() => doing(size, api.poster({ params, query: { size, locale: language } }).then(saveFile))}
                >
                  {words.sizes[size]}
                </Button>
              ))}
            </Group>
            <Group gap="xs">
              {mayCall(me, 'mailPoster') && (
                <Button
                  variant="default"
                  leftSection={<IconMail size={18} />}
                  loading={busy === 'mail'}
                  onClick={() =>
                    doing(
                      'mail',
                      api
                        .mailPoster({ params })
                        .then(again)
                        .then(() => toast.done(words.mailed)),
                    )
                  }
                >
                  {words.mail}
                </Button>
              )}
              {mayCall(me, 'reissueCode') && (
                <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={() => setAsked(true)}>
                  {words.reissue}
                </Button>
              )}
            </Group>
          </Stack>
        )}
        {asked && (
          <Confirm
            title={words.reissueTitle}
            text={words.reissueText}
            label={words.reissue}
            danger
            onClose={() => setAsked(false)}
            act={() =>
              api
                .reissueCode({ params, body: { current: venue.poster } })
                .then(again)
                .then(() => toast.done(words.reissued))
            }
          />
        )}
      </Paper>
      <PosterCheckForm />
    </SimpleGrid>
  )
}
