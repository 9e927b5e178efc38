import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { officeApi } from '../../../contract/office/api.ts'
import { TWO_FACTOR_ROLES } from '../../../contract/office/role.ts'
import { accountTexts } from './account-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { ME, useMe } from '../me.ts'
import { useContractForm } from '../kit/form.ts'
import { problemWords, toast } from '../kit/problem-words.ts'
import { StateWord } from '../kit/StateWord.tsx'
import { FactorSetup } from './FactorSetup.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

type Open = 'add' | 'remove' | 'codes' | undefined

/** Whether a second factor guards the account, and what may be done about it. */
export function FactorCard(): JSX.Element {
  const { factor: words } = useWords(accountTexts)
  const { secondFactor, grants } = useMe()
  const stays = grants.some(({ role }) => TWO_FACTOR_ROLES.includes(role))
  const queries = useQueryClient()
  const [open, setOpen] = useState<Open>()
  const [codes, setCodes] = useState<readonly string[]>()
  const close = (): void => {
    setOpen(undefined)
    setCodes(undefined)
    void queries.invalidateQueries({ queryKey: [ME] })
  }
  return (
    <Stack gap="sm">
      <Text c="gray.6" size="sm">
        {words.hint}
      </Text>
      {secondFactor === 'on' && <StateWord is="good">{words.on}</StateWord>}
      {secondFactor === 'waived' && <StateWord is="over">{words.waived}</StateWord>}
      {(secondFactor === 'off' || secondFactor === 'needed') && <StateWord is="wait">{words.off}</StateWord>}
      <Group gap="xs">
        {secondFactor === 'on' ? (
          <>
            <Button variant="default" onClick={() => setOpen('codes')}>
              {words.codes}
            </Button>
            {!stays && (
              <Button variant="subtle" color="red" onClick={() => setOpen('remove')}>
                {words.remove}
              </Button>
            )}
          </>
        ) : (
          <Button variant="default" onClick={() => setOpen('add')}>
            {words.add}
          </Button>
        )}
      </Group>
      <Modal opened={open === 'add'} onClose={close} title={words.title} size="lg">
        <FactorSetup onDone={close} />
      </Modal>
      <Modal opened={open === 'codes'} onClose={close} title={words.codes} size="lg">
        {codes ? (
          <RecoveryCodes codes={codes} onDone={close} />
        ) : (
          <CodeForm
            send={(code) => api.newRecoveryCodes({ body: { code } })}
            done={({ recoveryCodes }) => setCodes(recoveryCodes)}
          />
        )}
      </Modal>
      <Modal opened={open === 'remove'} onClose={close} title={words.remove}>
        <CodeForm
          send={(code) => api.turnOffTotp({ body: { code } })}
          done={() => {
            toast.done(words.removed)
            close()
          }}
        />
      </Modal>
    </Stack>
  )
}

function CodeForm<Answer>({
  send,
  done,
}: {
  readonly send: (code: string) => Promise<Answer>
  readonly done: (answer: Answer) => void
}): JSX.Element {
  const { factor: words } = useWords(accountTexts)
  const { language } = useLanguage()
  const { form, submit, sending } = useContractForm({
    initialValues: { code: '' },
    schema: officeApi.turnOffTotp.body,
    send: ({ code }) => send(code),
    done,
    refused: (problem) => {
      form.setFieldError('code', problemWords(problem, language))
      return true
    },
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={words.enterCode}
          autoComplete="one-time-code"
          data-autofocus
          maxLength={14}
          size="md"
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={sending}>
          {words.submit}
        </Button>
      </Stack>
    </form>
  )
}
