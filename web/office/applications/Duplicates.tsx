import { Alert, Anchor, List, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { JSX } from 'react'
import { Link } from 'wouter'
import type { ApplicationView } from '../../../contract/join/application-view.ts'
import { applicationTexts } from './applications-words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { hasRole, useMe } from '../me.ts'
import { shortDate } from './labels.ts'

/** Look-alikes, the same venue apart from the same organisation: the first asks for a decision, the second is often right. */
export function Duplicates({ view }: { readonly view: ApplicationView }): JSX.Element {
  const words = useWords(applicationTexts)
  const { language } = useLanguage()
  const me = useMe()
  const opens = (branch: string): boolean =>
    hasRole(me, 'operator') ||
    hasRole(me, 'auditor') ||
    me.grants.some((grant) => grant.role === 'coordinator' && grant.branch === branch)
  return (
    <>
      {(['venue', 'organisation'] as const).map((likeness) => {
        const alike = view.duplicates.filter((one) => one.likeness === likeness)
        if (alike.length === 0) return null
        return (
          <Alert
            key={likeness}
            color={likeness === 'venue' ? 'amber' : 'gray'}
            variant="light"
            icon={<IconCopy size={20} />}
            title={<Text fw={600}>{words.duplicates[likeness]}</Text>}
            styles={{ title: { color: '#2b1b00' } }}
          >
            <List spacing={4} listStyleType="none">
              {alike.map(({ id, reference, state, submittedAt, branch }) => (
                <List.Item key={id}>
                  {opens(branch) ? (
                    <Anchor component={Link} href={`/office/applications/${id}`} fw={600} underline="always">
                      {reference}
                    </Anchor>
                  ) : (
                    <b>{reference}</b>
                  )}{' '}
                  · {words.states[state]} · {shortDate(submittedAt, language)}
                  {branch !== view.branch && ` · ${words.duplicates.elsewhere}`}
                </List.Item>
              ))}
            </List>
          </Alert>
        )
      })}
    </>
  )
}
