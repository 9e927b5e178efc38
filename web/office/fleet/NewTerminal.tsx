import { Alert, Box, Button, Center, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useInterval } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type JSX } from 'react'
import { NewCode, type MadeCode } from '../../../contract/office/fleet.ts'
import { fleetTexts } from './fleet-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'

interface Props {
  readonly onClose: () => void
}

/** Where it stands and what it is called; then its code, shown once. */
export function NewTerminal({ onClose }: Props): JSX.Element {
  const words = useWords(fleetTexts)
  const [made, setMade] = useState<MadeCode>()
  return (
    <Modal opened onClose={onClose} title={words.newCode.heading} size="lg" radius="lg" closeOnClickOutside={!made}>
      {made ? <Code made={made} onClose={onClose} /> : <Wish onMade={setMade} />}
    </Modal>
  )
}

function Wish({ onMade }: { readonly onMade: (made: MadeCode) => void }): JSX.Element {
  const words = useWords(fleetTexts)
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const { data } = useQuery({
    queryKey: ['fleet', 'places', search],
    queryFn: ({ signal }) => api.fleetPlaces({ query: { search } }, signal),
    placeholderData: keepPreviousData,
  })
  const { form, submit, sending } = useContractForm({
    initialValues: { accessPoint: 0, name: '' },
    schema: NewCode,
    send: (body) => api.makeEnrolmentCode({ body }),
    done: (made) => {
      void queries.invalidateQueries({ queryKey: ['fleet', 'codes'] })
      onMade(made)
    },
  })
  const { accessPoint } = form.values
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label={words.place}
          placeholder={words.placeHint}
          searchable
          required
          data-autofocus
          data={(data?.places ?? []).map((place) => ({
            value: String(place.accessPoint),
            label: `${place.venue.name} · ${place.name}`,
          }))}
          // the server has searched
          filter={({ options }) => options}
          nothingFoundMessage={words.noPlaces}
          value={accessPoint === 0 ? null : String(accessPoint)}
          onChange={(value) => form.setFieldValue('accessPoint', Number(value))}
          onSearchChange={(text) => setTyped(text.split(' · ')[0] ?? '')}
          error={form.errors['accessPoint']}
        />
        <TextInput label={words.name} placeholder={words.nameHint} required {...form.getInputProps('name')} />
        <Group justify="flex-end">
          <Button type="submit" loading={sending} disabled={accessPoint === 0}>
            {words.newCode.make}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Code({ made, onClose }: Props & { readonly made: MadeCode }): JSX.Element {
  const { newCode } = useWords(fleetTexts)
  const left = useLeft(made.expiresAt)
  const server = /^DOPUSK-ENROL:(.*)#/.exec(made.text)?.[1] ?? ''
  return (
    <Stack gap="md" align="center" ta="center">
      <Text>{newCode.once}</Text>
      <Text fz={{ base: 30, xs: 46 }} fw={800} lh={1.1} data-code={made.code} style={{ letterSpacing: '0.04em' }}>
        {made.code}
      </Text>
      <Group justify="center" gap="xl">
        <Center p="sm" bg="#fff" style={{ border: '1px solid #d5dce6', borderRadius: 16 }}>
          <svg
            width="240"
            height="240"
            viewBox={`-2 -2 ${made.qr.size + 4} ${made.qr.size + 4}`}
            role="img"
            aria-label={newCode.qr}
            shapeRendering="crispEdges"
          >
            <path d={made.qr.path} fill="#000" />
          </svg>
        </Center>
        <Stack gap="md" maw={300} ta="left">
          <Text>{newCode.how}</Text>
          <Box>
            <Text c="gray.6" fz="sm">
              {newCode.server}
            </Text>
            <Text fw={700} style={{ overflowWrap: 'anywhere' }}>
              {server}
            </Text>
          </Box>
          {made.rootFingerprint !== null && (
            <Box>
              <Text c="gray.6" fz="sm">
                {newCode.root}
              </Text>
              <Text fw={700} style={{ letterSpacing: '0.04em' }}>
                {made.rootFingerprint}
              </Text>
            </Box>
          )}
        </Stack>
      </Group>
      {!made.approved && <Alert color="yellow">{newCode.waits}</Alert>}
      <Text fw={600} c={left === undefined ? 'red.7' : 'gray.9'} role="timer">
        {left === undefined ? newCode.over : newCode.left(left)}
      </Text>
      <Button onClick={onClose}>{newCode.done}</Button>
    </Stack>
  )
}

/** 23:59:07; `undefined`: it is over. */
function useLeft(iso: string): string | undefined {
  const [now, setNow] = useState(() => Date.now())
  const { start, stop } = useInterval(() => setNow(Date.now()), 1000)
  useEffect(() => {
    start()
    return stop
  }, [start, stop])
  const seconds = Math.floor((Date.parse(iso) - now) / 1000)
  if (seconds <= 0) return undefined
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
