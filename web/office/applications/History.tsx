import { Text, Timeline } from '@mantine/core'
import type { JSX } from 'react'
import type { ApplicationEntry } from '../../../contract/join/application-view.ts'
import { applicationTexts } from './applications-words.ts'
import { joinTexts } from '../../join/join-words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { dateAndTime } from './labels.ts'

/** What happened, the newest first. */
export function History({ entries }: { readonly entries: readonly ApplicationEntry[] }): JSX.Element {
  const words = useWords(applicationTexts)
  const { correctionFields } = useWords(joinTexts)
  const { language } = useLanguage()
  return (
    <Timeline bulletSize={14} lineWidth={2} active={entries.length}>
      {entries.toReversed().map(({ at, by, name, event, words: said, fields }, index) => (
        <Timeline.Item key={entries.length - index} title={<Text fw={600}>{words.events[event]}</Text>}>
          {fields && <Text fz="sm">{fields.map((field) => correctionFields[field]).join(', ')}</Text>}
          {said !== undefined && (
            <Text fz="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {said}
            </Text>
          )}
          <Text fz="sm" c="gray.6">
            {name ?? words.actors[by]} · {dateAndTime(at, language)}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}
