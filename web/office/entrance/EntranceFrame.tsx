import { Box, Flex, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, type JSX, type ReactNode } from 'react'
import { entranceTexts } from './entrance-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { useWords } from '../language.tsx'
import { LanguageButton } from '../shell/LanguageButton.tsx'
import { Logo } from '../shell/Logo.tsx'
import { FourShapes } from './FourShapes.tsx'

interface Props {
  readonly title: string
  readonly hint?: string | undefined
  readonly wide?: boolean
  readonly children?: ReactNode
}

/** One card beside the kiosk's four answers: what everybody passes before the office. */
export function EntranceFrame({ title, hint, wide = false, children }: Props): JSX.Element {
  const { motto } = useWords(entranceTexts)
  const { name } = useWords(officeTexts)
  useEffect(() => {
    document.title = `${title} — ${name}`
  }, [title, name])
  return (
    <Flex mih="100vh">
      <Flex
        visibleFrom="md"
        direction="column"
        justify="space-between"
        w="38%"
        maw={520}
        p={48}
        bg="#0f1b2d"
        c="#fff"
        component="aside"
      >
        <Logo />
        <FourShapes />
        <Text fz={26} fw={700} lh={1.25} maw={300} style={{ letterSpacing: '-0.02em' }}>
          {motto}
        </Text>
      </Flex>
      <Flex direction="column" flex={1} p={{ base: 'md', sm: 'xl' }} component="main">
        <Group justify="space-between" mih={34}>
          <Box hiddenFrom="md">
            <Logo onLight />
          </Box>
          <Box ml="auto">
            <LanguageButton onLight />
          </Box>
        </Group>
        <Flex flex={1} align="center" justify="center" py="lg">
          <Paper withBorder radius="lg" p={{ base: 'lg', sm: 36 }} w="100%" maw={wide ? 640 : 440}>
            <Stack gap="lg">
              <div>
                <Title order={1} fz={28}>
                  {title}
                </Title>
                {hint !== undefined && (
                  <Text c="gray.6" mt={6}>
                    {hint}
                  </Text>
                )}
              </div>
              {children}
            </Stack>
          </Paper>
        </Flex>
      </Flex>
    </Flex>
  )
}
