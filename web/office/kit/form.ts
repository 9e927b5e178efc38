import { useForm, type UseFormReturnType } from '@mantine/form'
import { useState } from 'react'
import type { z } from 'zod'
import { ApiProblem } from '../api.ts'
import { useLanguage } from '../language.tsx'
import { fieldWords, toast } from './problem-words.ts'

interface Options<Values, Answer> {
  readonly initialValues: Values
  /** of the contract: the route's own body, or the part of it that the form fills in */
  readonly schema: z.ZodType
  readonly send: (values: Values) => Promise<Answer>
  readonly done?: (answer: Answer) => unknown
  /** what to do with a refusal of a kind of its own; `true`: dealt with */
  readonly refused?: (problem: ApiProblem) => boolean
}

interface ContractForm<Values> {
  readonly form: UseFormReturnType<Values>
  readonly submit: ReturnType<UseFormReturnType<Values>['onSubmit']>
  readonly sending: boolean
}

/**
 * A form whose fields are checked with the contract's schema as they are left, sent once, and marked with what the
 * server refused: `const { form, submit, sending } = useContractForm({...})`,
 * `<form onSubmit={submit}><TextInput {...form.getInputProps('name')} />`.
 */
export function useContractForm<Values extends Record<string, unknown>, Answer>({
  initialValues,
  schema,
  send,
  done,
  refused,
}: Options<Values, Answer>): ContractForm<Values> {
  const { language } = useLanguage()
  const [sending, setSending] = useState(false)
  const form = useForm<Values>({
    initialValues,
    validateInputOnBlur: true,
    validate: (values) => {
      const result = schema.safeParse(values)
      if (result.success) return {}
      // the first thing wrong with a field is enough
      return Object.fromEntries(
        result.error.issues.toReversed().map(({ path, message }) => [path.join('.'), fieldWords(message, language)]),
      )
    },
  })
  const submit = form.onSubmit((values) => {
    if (sending) return
    setSending(true)
    send(values)
      .then(
        (answer) => void done?.(answer),
        (thrown: unknown) => {
          if (thrown instanceof ApiProblem) {
            for (const { field, message } of thrown.errors) form.setFieldError(field, fieldWords(message, language))
            if (refused?.(thrown)) return
          }
          toast.failed(thrown, language)
        },
      )
      .finally(() => setSending(false))
  })
  return { form, submit, sending }
}
