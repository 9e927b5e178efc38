import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { useLocation } from 'wouter'
import { Registration } from '../../../contract/office/venue.ts'
import { registerTexts } from './register-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'
import { VenueFields } from './VenueFields.tsx'

type OrganisationField = keyof Registration['organisation']
/** As they stand in Appendix 1. */
const FIELDS: readonly OrganisationField[] = [
  'organisation',
  'address',
  'inn',
  'ogrn',
  'headPosition',
  'headName',
  'contactPosition',
  'contactName',
  'contactPhone',
  'email',
]
const MOST_VENUES = 30

/** Everything at once: organisation, venues with their doors, and whose cabinet it is. */
export function RegistrationForm({ initial }: { readonly initial: Registration }): JSX.Element {
  const { form: words } = useWords(registerTexts)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const { form, submit, sending } = useContractForm<Registration, { participant: number; joined: boolean }>({
    initialValues: initial,
    schema: Registration,
    send: (body) => api.register({ body }),
    done: async ({ participant, joined }) => {
      await queries.invalidateQueries({ queryKey: ['applications'] })
      await queries.invalidateQueries({ queryKey: ['venues'] })
      toast.done(words.done(joined, form.values.venues.length))
      go(`/office/participants/${participant}`)
    },
  })
  const { venues } = form.values
  const addVenue = (): void =>
    form.insertListItem('venues', {
      name: '',
      kind: venues.at(-1)?.kind ?? 'cafe',
      address: '',
      municipality: '',
      accessPoints: [
        { name: words.firstEntry, direction: 'entry' },
        { name: words.firstExit, direction: 'exit' },
      ],
    } satisfies Registration['venues'][number])
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={980}>
        <Paper withBorder radius="lg" p="lg">
          <Title order={2} fz={19} mb="md">
            {words.organisationPart}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {FIELDS.map((field) => (
              <TextInput
                key={field}
                label={words[field]}
                {...(field === 'email' && { description: words.emailHint })}
                {...form.getInputProps(`organisation.${field}`)}
              />
            ))}
          </SimpleGrid>
        </Paper>
        {venues.map((_, at) => (
          <VenueFields key={at} form={form} at={at} />
        ))}
        {venues.length < MOST_VENUES && (
          <Group>
            <Button variant="default" leftSection={<IconPlus size={18} />} onClick={addVenue}>
              {words.addVenue}
            </Button>
          </Group>
        )}
        <Paper withBorder radius="lg" p="lg">
          <Title order={2} fz={19}>
            {words.ownerPart}
          </Title>
          <Text c="gray.6" mb="md">
            {words.ownerHint}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={words.ownerName} {...form.getInputProps('owner.name')} />
            <TextInput label={words.email} type="email" {...form.getInputProps('owner.email')} />
          </SimpleGrid>
        </Paper>
        <Group>
          <Button type="submit" size="md" loading={sending}>
            {words.send}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
