import { Alert, Anchor, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { Link, useSearchParams } from 'wouter'
import { officeApi } from '../../../contract/office/api.ts'
import { entranceTexts } from './entrance-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { ME } from '../me.ts'
import { useContractForm } from '../kit/form.ts'
import { problemWords } from '../kit/problem-words.ts'
import { EntranceFrame } from './EntranceFrame.tsx'

const schema = officeApi.signIn.body

/** Address and password; where the account has a second factor, its code after that. */
export function SignInPage({ provider }: { readonly provider: string | null }): JSX.Element {
  const words = useWords(entranceTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [refusal, setRefusal] = useState<string>()
  const [parameters] = useSearchParams()
  const { form, submit, sending } = useContractForm({
    initialValues: { email: '', password: '', code: '' },
    schema: step === 'password' ? schema.omit({ code: true }).loose() : schema.required(),
    send: ({ email, password, code }) => {
      setRefusal(undefined)
      return api.signIn({ body: { email, password, ...(step === 'code' && { code }) } })
    },
    done: async ({ kind }) => {
      if (kind === 'code-needed') setStep('code')
      else await queries.invalidateQueries({ queryKey: [ME] })
    },
    refused: (problem) => {
      setRefusal(problemWords(problem, language))
      form.setFieldValue('code', '')
      return true
    },
  })
  const returned = parameters.get('provider')
  const said =
    refusal ??
    (returned === 'away' || returned === 'late' || returned === 'refused' || returned === 'unknown'
      ? words.signIn.provider[returned]
      : undefined)
  const alert = said !== undefined && (
    <Alert color="red" variant="light" role="alert">
      {said}
    </Alert>
  )
  if (step === 'code') {
    return (
      <EntranceFrame title={words.code.title} hint={words.code.hint}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {alert}
            <TextInput
              label={words.code.label}
              autoComplete="one-time-code"
              inputMode="text"
              size="lg"
              maxLength={14}
              data-autofocus
              ref={(field) => field?.focus()}
              {...form.getInputProps('code')}
            />
            <Button type="submit" size="md" loading={sending}>
              {words.code.submit}
            </Button>
            <Anchor
              component="button"
              type="button"
              onClick={() => {
                setStep('password')
                setRefusal(undefined)
                form.reset()
              }}
            >
              {words.code.back}
            </Anchor>
          </Stack>
        </form>
      </EntranceFrame>
    )
  }
  return (
    <EntranceFrame title={words.signIn.title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {alert}
          <TextInput
            label={words.signIn.email}
            type="email"
            autoComplete="username"
            maxLength={254}
            size="md"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={words.signIn.password}
            autoComplete="current-password"
            maxLength={200}
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={sending}>
            {words.signIn.submit}
          </Button>
          <Anchor component={Link} href="/office/forgotten" ta="center">
            {words.signIn.forgotten}
          </Anchor>
          {provider !== null && (
            <>
              <Divider label={words.signIn.or} />
              <Button component="a" href="/api/oidc/start" variant="default" size="md">
                {words.signIn.with(provider)}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </EntranceFrame>
  )
}
