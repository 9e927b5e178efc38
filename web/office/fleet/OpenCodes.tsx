import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { fleetTexts } from './fleet-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { toast } from '../kit/problem-words.ts'
import { moment } from './device-state.ts'

/** Codes that were given out and not used: where they are for, and a way to take them back. */
export function OpenCodes(): JSX.Element | null {
  const words = useWords(fleetTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['fleet', 'codes'],
    queryFn: ({ signal }) => api.enrolmentCodes(undefined, signal),
  })
  const takeBack = useMutation({
    mutationFn: (id: number) => api.cancelEnrolmentCode({ params: { id } }),
    onSuccess: () => toast.done(words.open.takenBack),
    onError: (error) => toast.failed(error, language),
    onSettled: () => queries.invalidateQueries({ queryKey: ['fleet', 'codes'] }),
  })
  if (!data || data.codes.length === 0) return null
  return (
    <Paper withBorder radius="lg" p="md">
      <Title order={2} fz="lg" mb="xs">
        {words.open.heading}
      </Title>
      {data.codes.map(({ id, name, venue, accessPoint, expiresAt }) => (
        <Group key={id} justify="space-between" py={6} gap="xs">
          <Text fz="sm">
            <b>{name}</b> · {venue}, {accessPoint} · {words.open.until} {moment(expiresAt)}
          </Text>
          <Button variant="default" size="xs" onClick={() => takeBack.mutate(id)} loading={takeBack.isPending}>
            {words.open.takeBack}
          </Button>
        </Group>
      ))}
    </Paper>
  )
}
