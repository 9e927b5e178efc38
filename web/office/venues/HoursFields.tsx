import { Group, Stack, Switch, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import type { JSX, ReactNode } from 'react'
import type { DayHours, OpeningHours } from '../../../contract/decide/hours.ts'
import { venueTexts } from './venue-words.ts'
import { useWords } from '../language.tsx'

const DAY: DayHours = { from: 10 * 60, to: 20 * 60 }
const WEEK: OpeningHours = [DAY, DAY, DAY, DAY, DAY, DAY, null]

const two = (value: number): string => String(value).padStart(2, '0')
const timeOf = (minute: number): string => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
/** `undefined`: not a time yet */
function minuteOf(time: string): number | undefined {
  const parts = /^(\d{2}):(\d{2})$/.exec(time)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined
}

/** Seven days; a time until that is not after the time from is on the next day. */
export function HoursFields({
  hours,
  onChange,
  error,
}: {
  readonly hours: OpeningHours | null
  readonly onChange: (hours: OpeningHours | null) => void
  readonly error: ReactNode
}): JSX.Element {
  const { rules: words } = useWords(venueTexts)
  const set = (day: number, next: DayHours | null): void => {
    if (hours) onChange(hours.map((one, at) => (at === day ? next : one)))
  }
  return (
    <Stack gap="xs">
      <Switch
        label={words.knowHours}
        checked={hours !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? WEEK : null)}
      />
      {hours?.map((day, at) => {
        const name = words.days[at] ?? ''
        return (
          <Group key={name} gap="sm" wrap="nowrap" mih={36}>
            <Switch
              label={name}
              checked={day !== null}
              onChange={({ currentTarget }) => set(at, currentTarget.checked ? DAY : null)}
              w={170}
            />
            {day === null ? (
              <Text c="gray.6">{words.closedDay}</Text>
            ) : (
              <>
                <TimeInput
                  aria-label={`${name}: ${words.from}`}
                  value={timeOf(day.from)}
                  onChange={({ currentTarget }) => set(at, { ...day, from: minuteOf(currentTarget.value) ?? day.from })}
                  w={100}
                />
                <Text aria-hidden>–</Text>
                <TimeInput
                  aria-label={`${name}: ${words.to}`}
                  value={timeOf(day.to)}
                  onChange={({ currentTarget }) => set(at, { ...day, to: minuteOf(currentTarget.value) ?? day.to })}
                  w={100}
                />
              </>
            )}
          </Group>
        )
      })}
      {error !== undefined && (
        <Text size="sm" c="red.6">
          {error}
        </Text>
      )}
    </Stack>
  )
}
