import { Button, CopyButton, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import type { JSX } from 'react'
import { entranceTexts } from '../entrance/entrance-words.ts'
import { useWords } from '../language.tsx'

/** Ten codes, shown this once. */
export function RecoveryCodes({
  codes,
  onDone,
}: {
  readonly codes: readonly string[]
  readonly onDone: () => void
}): JSX.Element {
  const { factor } = useWords(entranceTexts)
  return (
    <Stack>
      <div>
        <Title order={2} fz={20}>
          {factor.codesTitle}
        </Title>
        <Text c="gray.6" mt={4}>
          {factor.codesHint}
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" className="recovery-codes">
        {codes.map((code) => (
          <Text key={code} ff="monospace" fz={18} fw={600} ta="center" py={6} bg="gray.0" style={{ borderRadius: 8 }}>
            {code}
          </Text>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={18} />} onClick={copy}>
              {copied ? factor.copied : factor.copy}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {factor.print}
        </Button>
        <Button ml="auto" onClick={onDone}>
          {factor.saved}
        </Button>
      </Group>
    </Stack>
  )
}
