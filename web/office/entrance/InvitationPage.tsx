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

export function InvitationPage(): JSX.Element {
  const link = useLink('invitation')
  return 'instead' in link ? link.instead : <Accept {...link} />
}

function Accept({ token, email, name }: GoodLink): JSX.Element {
  const words = useWords(entranceTexts)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const { form, submit, sending } = useContractForm({
    initialValues: { token, name: name ?? '', password: '' },
    schema: officeApi.acceptInvitation.body,
    send: (body) => api.acceptInvitation({ body }),
    done: async () => {
      await queries.invalidateQueries({ queryKey: [ME] })
      go('/office', { replace: true })
    },
  })
  return (
    <EntranceFrame title={words.invitation.title} hint={words.invitation.hint(email ?? '')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <input type="email" hidden readOnly autoComplete="username" value={email ?? ''} />
          <TextInput label={words.name} autoComplete="name" size="md" maxLength={120} {...form.getInputProps('name')} />
          <NewPassword {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={sending}>
            {words.invitation.submit}
          </Button>
        </Stack>
      </form>
    </EntranceFrame>
  )
}
