import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { JSX, ReactNode } from 'react'
import { accountTexts } from './account-words.ts'
import { navTexts } from '../shell/nav-words.ts'
import { useWords } from '../language.tsx'
import { useMe } from '../me.ts'
import { PageFrame } from '../kit/PageFrame.tsx'
import { FactorCard } from './FactorCard.tsx'
import { useGrantWords } from './grant-words.ts'
import { PasswordCard } from './PasswordCard.tsx'
import { SessionsCard } from './SessionsCard.tsx'

/** Who I am here, and what guards it. */
export default function AccountPage(): JSX.Element {
  const { account } = useWords(navTexts)
  const words = useWords(accountTexts)
  const grantWords = useGrantWords()
  const { name, email, grants } = useMe()
  return (
    <PageFrame title={account}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, lg: 3 }} spacing="lg">
          <Card title={name}>
            <Text c="gray.6" style={{ overflowWrap: 'anywhere' }}>
              {email}
            </Text>
            <Text fw={650} mt="md">
              {words.roles}
            </Text>
            {grants.length === 0 ? (
              <Text c="gray.6">{words.none}</Text>
            ) : (
              grants.map((grant) => <Text key={JSON.stringify(grant)}>{grantWords(grant)}</Text>)
            )}
          </Card>
          <Card title={words.password.title}>
            <PasswordCard />
          </Card>
          <Card title={words.factor.title}>
            <FactorCard />
          </Card>
        </SimpleGrid>
        <Card title={words.sessions.title}>
          <SessionsCard />
        </Card>
      </Stack>
    </PageFrame>
  )
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Paper withBorder radius="lg" p="lg">
      <Title order={2} fz={20} mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  )
}
