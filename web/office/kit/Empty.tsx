import { Stack, Text, Title } from '@mantine/core'
import type { JSX, ReactNode } from 'react'

interface Props {
  readonly title: string
  /** what would be here, and how it comes here */
  readonly hint?: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
}

/** Where there is nothing yet: says what belongs here and what to do. */
export function Empty({ title, hint, icon, children }: Props): JSX.Element {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      {icon}
      <Title order={2} fz={20}>
        {title}
      </Title>
      {hint !== undefined && (
        <Text c="gray.6" maw={460}>
          {hint}
        </Text>
      )}
      {children}
    </Stack>
  )
}
