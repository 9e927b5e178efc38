import { Box, Group, Text, Title } from '@mantine/core'
import type { JSX, ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly hint?: string
  /** buttons beside the title */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page's own heading and what it shows. */
export function PageFrame({ title, hint, actions, children }: Props): JSX.Element {
  return (
    <Box maw={1440} mx="auto">
      <Group justify="space-between" align="flex-end" mb="lg" gap="sm">
        <Box>
          <Title order={1} fz={{ base: 26, sm: 32 }}>
            {title}
          </Title>
          {hint !== undefined && (
            <Text c="gray.6" mt={4} maw={720}>
              {hint}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Box>
  )
}
