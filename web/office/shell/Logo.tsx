import { Group, Text } from '@mantine/core'
import type { JSX } from 'react'
import { officeTexts } from '../kit/office-words.ts'
import { useWords } from '../language.tsx'

/** The name beside the kiosk's green answer. */
export function Logo({ onLight = false }: { readonly onLight?: boolean }): JSX.Element {
  const { name } = useWords(officeTexts)
  return (
    <Group gap={10} wrap="nowrap">
      <svg width="26" height="26" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="11" fill="#00754a" />
        <path
          d="M7 12.4l3.4 3.4L17 9"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text component="span" fw={750} fz={20} c={onLight ? '#0f1b2d' : '#fff'} style={{ letterSpacing: '-0.02em' }}>
        {name}
      </Text>
    </Group>
  )
}
