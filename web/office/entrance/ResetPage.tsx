import { Anchor, Button, Stack } from '@mantine/core'
import { useState, type JSX } from 'react'
import { Link } from 'wouter'
import { officeApi } from '../../../contract/office/api.ts'
import { entranceTexts } from './entrance-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { EntranceFrame } from './EntranceFrame.tsx'
import { NewPassword } from './NewPassword.tsx'
import { useLink, type GoodLink } from './use-link.tsx'

export function ResetPage(): JSX.Element {
  const link = useLink('reset')
  return 'instead' in link ? link.instead : <Reset {...link} />
}

function Reset({ token, email }: GoodLink): JSX.Element {
  const { reset, forgotten } = useWords(entranceTexts)
  const [done, setDone] = useState(false)
  const { form, submit, sending } = useContractForm({
    initialValues: { token, password: '' },
    schema: officeApi.resetPassword.body,
    send: (body) => api.resetPassword({ body }),
    done: () => setDone(true),
  })
  if (done) {
    return (
      <EntranceFrame title={reset.done} hint={reset.doneHint}>
        <Anchor component={Link} href="/office/sign-in">
          {forgotten.back}
        </Anchor>
      </EntranceFrame>
    )
  }
  return (
    <EntranceFrame title={reset.title} hint={email ?? undefined}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <input type="email" hidden readOnly autoComplete="username" value={email ?? ''} />
          <NewPassword {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={sending}>
            {reset.submit}
          </Button>
        </Stack>
      </form>
    </EntranceFrame>
  )
}
