import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useState, type JSX } from 'react'
import { Link } from 'wouter'
import { officeApi } from '../../../contract/office/api.ts'
import { entranceTexts } from './entrance-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { EntranceFrame } from './EntranceFrame.tsx'

export function ForgottenPage(): JSX.Element {
  const { forgotten, signIn } = useWords(entranceTexts)
  const [sent, setSent] = useState(false)
  const { form, submit, sending } = useContractForm({
    initialValues: { email: '' },
    schema: officeApi.askReset.body,
    send: (body) => api.askReset({ body }),
    done: () => setSent(true),
  })
  const back = (
    <Anchor component={Link} href="/office/sign-in" ta="center">
      {forgotten.back}
    </Anchor>
  )
  if (sent) {
    return (
      <EntranceFrame title={forgotten.sent} hint={forgotten.sentHint}>
        {back}
      </EntranceFrame>
    )
  }
  return (
    <EntranceFrame title={forgotten.title} hint={forgotten.hint}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={signIn.email}
            type="email"
            autoComplete="username"
            maxLength={254}
            size="md"
            {...form.getInputProps('email')}
          />
          <Button type="submit" size="md" loading={sending}>
            {forgotten.submit}
          </Button>
          {back}
        </Stack>
      </form>
    </EntranceFrame>
  )
}
