import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import type { JSX } from 'react'
import { entranceTexts } from './entrance-words.ts'
import { useWords } from '../language.tsx'

/** A password being chosen: password managers are told so, and what is wanted is said before it is wrong. */
export function NewPassword(properties: PasswordInputProps): JSX.Element {
  const { newPassword, passwordHint } = useWords(entranceTexts)
  return (
    <PasswordInput
      label={newPassword}
      description={passwordHint}
      autoComplete="new-password"
      maxLength={200}
      size="md"
      {...properties}
    />
  )
}
