import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type JSX, type SubmitEvent } from 'react'
import { assertNever } from '../../../contract/assert-never.ts'
import type { PosterCheck } from '../../../contract/office/cabinet.ts'
import { spokenCode } from '../../../contract/office/venue-code.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { hasRole, useMe } from '../me.ts'
import { toast } from '../kit/problem-words.ts'
import { StateWord, type Standing } from '../kit/StateWord.tsx'

/** «Проверить плакат»: whose it is, and whether it should hang. */
export function PosterCheckForm(): JSX.Element {
  const { poster: words } = useWords(venueTexts)
  const { language } = useLanguage()
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<PosterCheck>()
  const [busy, setBusy] = useState(false)
  const check = (event: SubmitEvent): void => {
    event.preventDefault()
    setBusy(true)
    api
      .checkPoster({ body: { text } })
      .then(setAnswer, (thrown: unknown) => toast.failed(thrown, language))
      .finally(() => setBusy(false))
  }
  return (
    <Paper withBorder radius="lg" p="lg">
      <Title order={2} fz={18}>
        {words.checkTitle}
      </Title>
      <Text c="gray.6" mt={4}>
        {words.checkHint}
      </Text>
      <form onSubmit={check}>
        <Group align="flex-end" mt="md" gap="xs">
          <TextInput
            aria-label={words.code}
            placeholder={words.checkPlaceholder}
            description={words.scan}
            inputWrapperOrder={['input', 'description']}
            value={text}
            maxLength={400}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value)
              setAnswer(undefined)
            }}
            autoComplete="off"
            style={{ flex: 1, minWidth: 200 }}
          />
          <Button type="submit" loading={busy} disabled={text.trim() === ''} mb={22}>
            {words.check}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">{answer && <Answer answer={answer} />}</div>
    </Paper>
  )
}

function standingOf(answer: PosterCheck): Standing {
  switch (answer.kind) {
    case 'current':
      return answer.own ? 'good' : 'bad'
    case 'suspended':
      return 'wait'
    case 'retired':
    case 'unknown':
      return 'bad'
    case 'slip':
    case 'no-code':
      return 'unknown'
    default:
      return assertNever(answer)
  }
}

function Answer({ answer }: { readonly answer: PosterCheck }): JSX.Element {
  const { poster: words } = useWords(venueTexts)
  const isOperator = hasRole(useMe(), 'operator')
  return (
    <Stack gap={4} mt="md">
      <StateWord is={standingOf(answer)}>
        <span style={{ whiteSpace: 'normal' }}>{words.answers[answer.kind]}</span>
      </StateWord>
      {'venue' in answer && (
        <Text fw={600}>
          {answer.venue.name}, {answer.venue.address}
        </Text>
      )}
      {'own' in answer && answer.kind !== 'unknown' && !isOperator && (
        <Text c={answer.own ? 'gray.7' : 'red.6'}>{answer.own ? words.own : words.foreign}</Text>
      )}
      {'code' in answer && <Text c="gray.6">{spokenCode(answer.code)}</Text>}
    </Stack>
  )
}
