import { Box } from '@mantine/core'
import type { JSX } from 'react'
import { navTexts } from '../shell/nav-words.ts'
import { useWords } from '../language.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { PosterCheckForm } from '../venues/PosterCheckForm.tsx'

export default function PosterCheckPage(): JSX.Element {
  const { posterCheck: title } = useWords(navTexts)
  return (
    <PageFrame title={title}>
      <Box maw={640}>
        <PosterCheckForm />
      </Box>
    </PageFrame>
  )
}
