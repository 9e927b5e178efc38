import { Button, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconBuildingPlus, IconCheck, IconPencil, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { Link, useLocation } from 'wouter'
import { OfficeState } from '../../../contract/join/application-state.ts'
import type { ApplicationView } from '../../../contract/join/application-view.ts'
import { notifications } from '@mantine/notifications'
import { applicationTexts } from './applications-words.ts'
import { api, ApiProblem } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { toast } from '../kit/problem-words.ts'
import { StateWord } from '../kit/StateWord.tsx'
import { ApproveDialog, AskDialog, RejectDialog, SendBackDialog, type Dialogue } from './dialogs.tsx'
import { clockStanding, dateAndTime, ROW_KEY } from './labels.ts'

/** The clock, whose turn it is, and what this person may do about it. */
export function Deciding({ view }: { readonly view: ApplicationView }): JSX.Element {
  const words = useWords(applicationTexts)
  const { language } = useLanguage()
  const me = useMe()
  const { detail, hoursLeft, due } = view
  const [open, setOpen] = useState<Dialogue['kind']>()
  const act = useDecision(view, () => setOpen(undefined))
  const decides = detail.kind === 'submitted' && mayCall(me, 'decideApplication')
  const returns = detail.kind === 'approved' && mayCall(me, 'sendApplicationBack')
  const waitsFor =
    detail.kind === 'submitted'
      ? 'coordinator'
      : detail.kind === 'approved'
        ? 'operator'
        : detail.kind === 'correction'
          ? 'applicant'
          : undefined
  const by = 'by' in detail ? detail.by.name : undefined
  const said =
    detail.kind === 'rejected'
      ? detail.reason
      : detail.kind === 'correction'
        ? detail.words
        : detail.kind === 'submitted'
          ? detail.sentBack?.words
          : undefined
  return (
    <Stack gap="sm" mt="xs">
      {by !== undefined && <Text c="gray.6">{by}</Text>}
      {said !== undefined && (
        <Text className="said" component="blockquote">
          {said}
        </Text>
      )}
      {waitsFor && <Text>{words.waitsFor[waitsFor]}</Text>}
      {due !== undefined && hoursLeft !== undefined && (
        <div>
          <StateWord is={clockStanding(hoursLeft)}>{words.left(hoursLeft)}</StateWord>
          <Text c="gray.6">{words.due(dateAndTime(due, language))}</Text>
        </div>
      )}
      {decides && (
        <>
          <Text fw={600} mt="xs">
            {words.decide.question}
          </Text>
          <Button size="md" color="green" leftSection={<IconCheck size={20} />} onClick={() => setOpen('approve')}>
            {words.decide.approve}
          </Button>
          <Button variant="default" leftSection={<IconPencil size={18} />} onClick={() => setOpen('ask-correction')}>
            {words.decide.ask}
          </Button>
          <Button variant="outline" color="red" leftSection={<IconX size={18} />} onClick={() => setOpen('reject')}>
            {words.decide.reject}
          </Button>
        </>
      )}
      {detail.kind === 'approved' && mayCall(me, 'register') && (
        <Button
          component={Link}
          href={`/office/register/new?application=${view.id}`}
          size="md"
          leftSection={<IconBuildingPlus size={20} />}
        >
          {words.decide.register}
        </Button>
      )}
      {returns && (
        <Button variant="default" leftSection={<IconArrowBackUp size={18} />} onClick={() => setOpen('send-back')}>
          {words.decide.sendBack}
        </Button>
      )}
      {detail.kind !== 'submitted' && mayCall(me, 'decideApplication') && <Next />}
      <ApproveDialog opened={open === 'approve'} onClose={() => setOpen(undefined)} onDecide={act} />
      <AskDialog opened={open === 'ask-correction'} onClose={() => setOpen(undefined)} onDecide={act} />
      <RejectDialog opened={open === 'reject'} onClose={() => setOpen(undefined)} onDecide={act} />
      <SendBackDialog opened={open === 'send-back'} onClose={() => setOpen(undefined)} onDecide={act} />
    </Stack>
  )
}

/** Sends a decision made on this version; of two at once the later one is told of the first. */
function useDecision({ id, version }: ApplicationView, close: () => void): (decision: Dialogue) => Promise<void> {
  const words = useWords(applicationTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  return async (decision) => {
    try {
      const params = { id }
      const after =
        decision.kind === 'send-back'
          ? await api.sendApplicationBack({ params, body: { version, words: decision.words } })
          : await api.decideApplication({ params, body: { ...decision, version } })
      queries.setQueryData([ROW_KEY, 'one', String(id)], after)
      toast.done(words.done[decision.kind])
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.code !== 'moved-on') {
        toast.failed(thrown, language)
        return
      }
      const state = OfficeState.safeParse(thrown.conflict?.state)
      notifications.show({
        title: words.movedTitle,
        message: words.moved(state.data && words.states[state.data], thrown.conflict?.by),
        color: 'amber',
        autoClose: 15_000,
      })
    }
    close()
    await queries.invalidateQueries({ queryKey: [ROW_KEY] })
  }
}

/** On to whoever waits longest, without going back to the list. */
function Next(): JSX.Element {
  const { decide } = useWords(applicationTexts)
  const { language } = useLanguage()
  const [, go] = useLocation()
  const next = async (): Promise<void> => {
    const { rows } = await api.applications({ query: { state: 'submitted', size: 1 } })
    const [first] = rows
    if (first) go(`/office/applications/${first.id}`)
    else {
      toast.done(decide.noNext)
      go('/office/applications')
    }
  }
  return (
    <Button mt="xs" onClick={() => void next().catch((thrown: unknown) => toast.failed(thrown, language))}>
      {decide.next}
    </Button>
  )
}
