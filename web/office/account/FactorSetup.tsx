import { Box, Button, Code, Flex, Loader, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { officeApi } from '../../../contract/office/api.ts'
import { entranceTexts } from '../entrance/entrance-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { problemWords } from '../kit/problem-words.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'

/** Scan, confirm with a code, keep the recovery codes. */
export function FactorSetup({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const { factor } = useWords(entranceTexts)
  const { table } = useWords(officeTexts)
  const { language } = useLanguage()
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>()
  const { data, error } = useQuery({
    queryKey: ['second-factor', 'begin'],
    queryFn: ({ signal }) => api.beginTotp({ body: {} }, signal),
    // another look would make another secret, under the eyes of who has just scanned this one
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    gcTime: 0,
  })
  const { form, submit, sending } = useContractForm({
    initialValues: { code: '' },
    schema: officeApi.confirmTotp.body,
    send: (body) => api.confirmTotp({ body }),
    done: ({ recoveryCodes: codes }) => setRecoveryCodes(codes),
    refused: (problem) => {
      form.setFieldError('code', problemWords(problem, language))
      return true
    },
  })
  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onDone={onDone} />
  if (error) return <Text c="red.6">{problemWords(error, language)}</Text>
  if (!data) return <Loader aria-label={table.loading} />
  const { size, path } = data.qr
  return (
    <Flex gap="xl" wrap={{ base: 'wrap', sm: 'nowrap' }} align="flex-start">
      <Box flex="none" w={208} mx={{ base: 'auto', sm: 0 }}>
        <svg
          viewBox={`-4 -4 ${size + 8} ${size + 8}`}
          width={208}
          height={208}
          shapeRendering="crispEdges"
          role="img"
          aria-label={factor.scan}
          style={{ background: '#fff', border: '1px solid #d5dce6', borderRadius: 12 }}
        >
          <path d={path} fill="#0f1b2d" />
        </svg>
      </Box>
      <form onSubmit={submit} noValidate style={{ flex: 1, minWidth: 220 }}>
        <Stack>
          <div>
            <Text fw={650}>1. {factor.scan}</Text>
            <Text size="sm" c="gray.6">
              {factor.scanHint}
            </Text>
            <Text size="sm" c="gray.6" mt={8}>
              {factor.manual}
            </Text>
            <Code fz={13} style={{ overflowWrap: 'anywhere' }}>
              {data.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            </Code>
          </div>
          <TextInput
            label={`2. ${factor.enter}`}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={7}
            size="md"
            {...form.getInputProps('code')}
          />
          <Button type="submit" size="md" loading={sending}>
            {factor.submit}
          </Button>
        </Stack>
      </form>
    </Flex>
  )
}
