import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { officeApi } from '../../../contract/office/api.ts'
import { accountTexts } from './account-words.ts'
import { api } from '../api.ts'
import { NewPassword } from '../entrance/NewPassword.tsx'
import { useWords } from '../language.tsx'
import { useMe } from '../me.ts'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'
import { SESSIONS } from './SessionsCard.tsx'

export function PasswordCard(): JSX.Element {
  const { password: words } = useWords(accountTexts)
  const { email, hasPassword } = useMe()
  const queries = useQueryClient()
  const { form, submit, sending } = useContractForm({
    initialValues: { current: '', password: '' },
    schema: officeApi.changePassword.body,
    send: (body) => api.changePassword({ body }),
    done: async () => {
      toast.done(words.done)
      form.reset()
      await queries.invalidateQueries({ queryKey: [SESSIONS] })
    },
  })
  if (!hasPassword) return <Text c="gray.6">{words.none}</Text>
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text c="gray.6" size="sm">
          {words.hint}
        </Text>
        <input type="email" hidden readOnly autoComplete="username" value={email} />
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          maxLength={200}
          size="md"
          {...form.getInputProps('current')}
        />
        <NewPassword {...form.getInputProps('password')} />
        <Button type="submit" variant="default" loading={sending}>
          {words.submit}
        </Button>
      </Stack>
    </form>
  )
}
