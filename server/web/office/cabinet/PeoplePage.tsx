import { Stack } from '@mantine/core'
import type { JSX } from 'react'
import { navTexts } from '../../i18n/nav.ts'
import { useWords } from '../language.tsx'
import { useMe } from '../me.ts'
import { PageFrame } from '../parts/PageFrame.tsx'
import { People } from './People.tsx'

/** An owner's staff; whoever owns several Participants sees them one under the other. */
export default function PeoplePage(): JSX.Element {
  const { staff: title } = useWords(navTexts)
  const { grants } = useMe()
  const owned = grants.flatMap((grant) => (grant.role === 'owner' ? [grant.participantId] : []))
  return (
    <PageFrame title={title}>
      <Stack gap="lg">
        {owned.map((id) => (
          <People key={id} participantId={id} />
        ))}
      </Stack>
    </PageFrame>
  )
}
