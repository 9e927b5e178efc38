import { Anchor, Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import { Link } from 'wouter'
import { entranceTexts } from './entrance-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'

export interface GoodLink {
  readonly token: string
  readonly email: string | null
  readonly name: string | null
}

/** The token behind the #, read once: it goes from the address at once, so that nobody reads it over a shoulder or in the history. */
function tokenFromAddress(): string {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(history.state, '', location.pathname)
  return token
}

/** What the link of the address is for. `JSX`: shown instead of the page while that is unknown, or when it is over. */
export function useLink(kind: 'invitation' | 'reset' | 'first-operator'): GoodLink | { readonly instead: JSX.Element } {
  const words = useWords(entranceTexts)
  const [token] = useState(tokenFromAddress)
  const { data, isPending } = useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) => api.readLink({ body: { token } }, signal),
    retry: false,
    staleTime: Infinity,
  })
  if (isPending) {
    const waiting = (
      <Center h="100vh">
        <Loader aria-label={words.reading} />
      </Center>
    )
    return { instead: waiting }
  }
  if (data?.kind !== kind) {
    const over = (
      <EntranceFrame title={words.linkOver} hint={words.linkOverHint}>
        <Anchor component={Link} href="/office/sign-in">
          {words.forgotten.back}
        </Anchor>
      </EntranceFrame>
    )
    return { instead: over }
  }
  return { token, email: data.email, name: data.name }
}
