import {
  Alert,
  Button,
  Checkbox,
  Group,
  Loader,
  NumberInput,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { JSX, ReactNode } from 'react'
import { ReadPolicy } from '../../../contract/office/policy.ts'
import type { VenuePage } from '../../../contract/office/venue.ts'
import { PassUse } from '../../../contract/kiosk/keys.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { Empty } from '../kit/Empty.tsx'
import { useContractForm } from '../kit/form.ts'
import { problemWords, toast } from '../kit/problem-words.ts'
import { HoursFields } from './HoursFields.tsx'

const MODES = ['none', 'desk', 'self-service', 'turnstile'] as const

/** What a venue settles for its doors. */
export function PolicyForm({ venue }: { readonly venue: VenuePage }): JSX.Element {
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['venue', venue.id, 'policy'],
    queryFn: ({ signal }) => api.policy({ params: { id: venue.id } }, signal),
    // somebody is typing into it
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  // another version is another form: fields of one must not be saved over the other
  if (data) return <Fields key={data.version} venue={venue} policy={data} />
  return error ? <Empty title={problemWords(error, language)} /> : <Loader mx="auto" display="block" mt={40} />
}

function Fields({ venue, policy }: { readonly venue: VenuePage; readonly policy: ReadPolicy }): JSX.Element {
  const { rules: words, act } = useWords(venueTexts)
  const queries = useQueryClient()
  const may = mayCall(useMe(), 'setPolicy') && venue.state !== 'closed'
  const { form, submit, sending } = useContractForm<ReadPolicy, unknown>({
    // the contract's answers are frozen, and a form keeps that of what it is given
    initialValues: structuredClone(policy),
    schema: ReadPolicy,
    send: (body) => api.setPolicy({ params: { id: venue.id }, body }),
    done: async () => {
      form.resetDirty()
      await queries.invalidateQueries({ queryKey: ['venue', venue.id, 'policy'] })
      toast.done(act.saved)
    },
    refused: ({ code }) => {
      if (code === 'moved-on') void queries.invalidateQueries({ queryKey: ['venue', venue.id] })
      return false
    },
  })
  const { accepts, mode, withoutList, hours, outsideHours } = form.values
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack gap="lg">
          <Text c="gray.6">{may ? words.hint : words.readOnly}</Text>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Part title={words.accepts} hint={words.acceptsHint}>
              <Checkbox.Group
                value={[...accepts]}
                onChange={(next) =>
                  form.setFieldValue(
                    'accepts',
                    PassUse.options.filter((use) => next.includes(use)),
                  )
                }
                error={form.errors['accepts']}
                aria-label={words.accepts}
              >
                <Stack gap="sm">
                  {PassUse.options.map((use) => (
                    <Checkbox key={use} value={use} label={words.uses[use]} description={words.usesHint[use]} />
                  ))}
                </Stack>
              </Checkbox.Group>
            </Part>
            <Part title={words.mode}>
              <Radio.Group
                value={mode ?? 'none'}
                onChange={(next) =>
                  form.setFieldValue('mode', next === 'none' ? null : (MODES.find((one) => one === next) as never))
                }
                aria-label={words.mode}
              >
                <Stack gap="sm">
                  {MODES.map((one) => (
                    <Radio key={one} value={one} label={words.modes[one]} />
                  ))}
                </Stack>
              </Radio.Group>
            </Part>
            <Part title={words.passback} hint={words.passbackHint}>
              <NumberInput
                aria-label={words.passback}
                suffix={` ${words.minutes}`}
                min={0}
                max={1440}
                allowDecimal={false}
                allowNegative={false}
                w={160}
                {...form.getInputProps('passbackMinutes')}
              />
            </Part>
            <Part title={words.withoutList}>
              <Radio.Group
                value={withoutList}
                onChange={(next) => form.setFieldValue('withoutList', next === 'closed' ? 'closed' : 'check')}
                aria-label={words.withoutList}
              >
                <Stack gap="sm">
                  {(['check', 'closed'] as const).map((one) => (
                    <Radio key={one} value={one} label={words.withoutLists[one]} />
                  ))}
                </Stack>
              </Radio.Group>
            </Part>
          </SimpleGrid>
          <Part title={words.hours} hint={words.hoursHint}>
            <HoursFields
              hours={hours}
              onChange={(next) => {
                form.setFieldValue('hours', next)
                if (next === null) form.setFieldValue('outsideHours', 'open')
              }}
              error={form.errors['hours']}
            />
            {hours !== null && (
              <Switch
                mt="md"
                label={words.outside}
                description={words.outsideHint}
                checked={outsideHours === 'check'}
                onChange={({ currentTarget }) =>
                  form.setFieldValue('outsideHours', currentTarget.checked ? 'check' : 'open')
                }
              />
            )}
          </Part>
          {Object.keys(form.errors).length > 0 && (
            <Alert color="red" variant="light">
              {Object.entries(form.errors).map(([field, error]) => (
                <Text key={field}>{error}</Text>
              ))}
            </Alert>
          )}
          {may && (
            <Group>
              <Button type="submit" loading={sending} disabled={!form.isDirty()}>
                {act.save}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}

function Part({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}): JSX.Element {
  return (
    <Paper withBorder radius="lg" p="lg">
      <Title order={2} fz={17}>
        {title}
      </Title>
      <Text size="sm" c="gray.6" mb="md">
        {hint}
      </Text>
      {children}
    </Paper>
  )
}
