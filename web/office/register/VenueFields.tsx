import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconDoorEnter, IconDoorExit, IconPlus, IconX } from '@tabler/icons-react'
import type { JSX } from 'react'
import { municipalityOf } from '../../../contract/join/municipality.ts'
import type { Registration } from '../../../contract/office/venue.ts'
import { VenueKind } from '../../../contract/office/venue-kind.ts'
import { registerTexts } from './register-words.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { useWords } from '../language.tsx'

/** One venue of a registration, with its doors. */
export function VenueFields({
  form,
  at,
}: {
  readonly form: UseFormReturnType<Registration>
  readonly at: number
}): JSX.Element | null {
  const { form: words } = useWords(registerTexts)
  const { kinds } = useWords(kindTexts)
  const venue = form.values.venues[at]
  if (!venue) return null
  const path = `venues.${at}` as const
  const add = (direction: 'entry' | 'exit'): void => {
    const next = venue.accessPoints.filter((point) => point.direction === direction).length + 1
    form.insertListItem(`${path}.accessPoints`, {
      name: direction === 'entry' ? words.nextEntry(next) : words.nextExit(next),
      direction,
    })
  }
  const address = form.getInputProps(`${path}.address`)
  return (
    <Paper withBorder radius="lg" p="lg">
      <Group justify="space-between" mb="md">
        <Title order={2} fz={19}>
          {words.venuePart(at + 1)}
        </Title>
        {form.values.venues.length > 1 && (
          <Button variant="subtle" color="red" onClick={() => form.removeListItem('venues', at)}>
            {words.removeVenue}
          </Button>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={words.name} description={words.nameHint} {...form.getInputProps(`${path}.name`)} />
        <Select
          label={words.kind}
          description={' '}
          data={VenueKind.options.map((value) => ({ value, label: kinds[value] }))}
          allowDeselect={false}
          {...form.getInputProps(`${path}.kind`)}
        />
        <TextInput
          label={words.address}
          {...address}
          onBlur={(event) => {
            if (venue.municipality === '')
              form.setFieldValue(`${path}.municipality`, municipalityOf(event.currentTarget.value))
            ;(address.onBlur as (event: unknown) => void)(event)
          }}
        />
        <TextInput label={words.municipality} {...form.getInputProps(`${path}.municipality`)} />
      </SimpleGrid>
      <Text fw={600} size="sm" mt="md" mb={6}>
        {words.points}
      </Text>
      <Stack gap="xs">
        {venue.accessPoints.map((point, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={words.pointName}
              leftSection={point.direction === 'entry' ? <IconDoorEnter size={18} /> : <IconDoorExit size={18} />}
              rightSection={
                <Badge variant="light" color="gray" c="gray.7" tt="none">
                  {words[point.direction]}
                </Badge>
              }
              rightSectionWidth={90}
              w={{ base: '100%', sm: 380 }}
              {...form.getInputProps(`${path}.accessPoints.${index}.name`)}
            />
            {venue.accessPoints.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={words.removePoint(point.name)}
                onClick={() => form.removeListItem(`${path}.accessPoints`, index)}
              >
                <IconX size={18} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <Group gap="xs">
          {(['entry', 'exit'] as const).map((direction) => (
            <Button
              key={direction}
              size="compact-md"
              variant="subtle"
              leftSection={<IconPlus size={16} />}
              onClick={() => add(direction)}
            >
              {direction === 'entry' ? words.addEntry : words.addExit}
            </Button>
          ))}
        </Group>
      </Stack>
    </Paper>
  )
}
