import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { Grant } from '../../../contract/office/grant.ts'
import { officeApi } from '../../../contract/office/api.ts'
import { Branch } from '../../../contract/office/venue-kind.ts'
import { officeTexts } from '../kit/office-words.ts'
import { peopleTexts } from './people-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { useContractForm } from '../kit/form.ts'
import { toast } from '../kit/problem-words.ts'
import { PEOPLE } from './account-state.ts'

/** Roles the Operator gives by hand; owners and staff come with their Participant. */
const GIVEN = ['coordinator', 'operator', 'health', 'auditor'] as const
type Given = (typeof GIVEN)[number]

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
}

export function InviteModal({ opened, onClose }: Props): JSX.Element {
  const { form: words } = useWords(peopleTexts)
  return (
    <Modal opened={opened} onClose={onClose} title={words.title} size="md">
      <InviteForm onClose={onClose} />
    </Modal>
  )
}

function InviteForm({ onClose }: Pick<Props, 'onClose'>): JSX.Element {
  const { form: words } = useWords(peopleTexts)
  const { roles, branches } = useWords(officeTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const initialValues: { email: string; name: string; locale: 'ru' | 'en'; role: Given; branch: Branch } = {
    email: '',
    name: '',
    locale: language,
    role: 'coordinator',
    branch: 'culture',
  }
  const { form, submit, sending } = useContractForm({
    initialValues,
    schema: officeApi.invitePerson.body.omit({ grant: true }).loose(),
    send: ({ email, name, locale, role, branch }) => {
      const grant: Grant = role === 'coordinator' ? { role, branch } : { role }
      return api.invitePerson({ body: { email, name, locale, grant } })
    },
    done: async () => {
      toast.done(words.done)
      onClose()
      await queries.invalidateQueries({ queryKey: [PEOPLE] })
    },
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={words.email}
          type="email"
          maxLength={254}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <TextInput label={words.name} maxLength={120} autoComplete="off" {...form.getInputProps('name')} />
        <Select
          label={words.role}
          allowDeselect={false}
          data={GIVEN.map((role) => ({ value: role, label: roles[role] }))}
          {...form.getInputProps('role')}
        />
        {form.values.role === 'coordinator' && (
          <Select
            label={words.branch}
            allowDeselect={false}
            data={Branch.options.map((branch) => ({ value: branch, label: branches[branch] }))}
            {...form.getInputProps('branch')}
          />
        )}
        <div>
          <Text size="sm" fw={500} mb={4}>
            {words.locale}
          </Text>
          <SegmentedControl
            aria-label={words.locale}
            data={(['ru', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
            {...form.getInputProps('locale')}
          />
        </div>
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={sending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
