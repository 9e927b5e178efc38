import { Button, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { useLocation } from 'wouter'
import { officeApi } from '../../../contract/office/api.ts'
import { entranceTexts } from './entrance-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { ME } from '../me.ts'
import { useContractForm } from '../kit/form.ts'
import { EntranceFrame } from './EntranceFrame.tsx'
import { NewPassword } from './NewPassword.tsx'
import { useLink, type GoodLink } from './use-link.tsx'

export function FirstOperatorPage(): JSX.Element {
  const link = useLink('first-operator')
  return 'instead' in link ? link.instead : <Become {...link} />
}

function Become({ token }: GoodLink): JSX.Element {
  const words = useWords(entranceTexts)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const { form, submit, sending } = useContractForm({
    initialValues: { token, email: '', name: '', password: '' },
    schema: officeApi.becomeFirstOperator.body,
    send: (body) => api.becomeFirstOperator({ body }),
    done: async () => {
      await queries.invalidateQueries({ queryKey: [ME] })
      go('/office', { replace: true })
    },
  })
  return (
    <EntranceFrame title={words.first.title} hint={words.first.hint}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={words.signIn.email}
            type="email"
            autoComplete="username"
            maxLength={254}
            size="md"
            {...form.getInputProps('email')}
          />
          <TextInput label={words.name} autoComplete="name" size="md" maxLength={120} {...form.getInputProps('name')} />
          <NewPassword {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={sending}>
            {words.first.submit}
          </Button>
        </Stack>
      </form>
    </EntranceFrame>
  )
}
