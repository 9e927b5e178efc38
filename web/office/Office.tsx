import { Button, Center, Loader, MantineProvider } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useMemo, type JSX } from 'react'
import { useLocation } from 'wouter'
import { officeTexts } from './kit/office-words.ts'
import { ApiProblem } from './api.ts'
import { LanguageProvider, useLanguage, useWords } from './language.tsx'
import { ME, MeContext, useSession } from './me.ts'
import { Empty } from './kit/Empty.tsx'
import { problemWords } from './kit/problem-words.ts'
import { Entrance, LINKS } from './entrance/Entrance.tsx'
import { FactorNeeded } from './entrance/FactorNeeded.tsx'
import { Shell } from './shell/Shell.tsx'
import { themeWith } from './theme.ts'

const queries: QueryClient = new QueryClient({
  // whoever was signed out elsewhere comes to the entrance with the next thing the page asks for
  queryCache: new QueryCache({ onError: lookWhoIsHere }),
  mutationCache: new MutationCache({ onError: lookWhoIsHere }),
  defaultOptions: {
    queries: {
      // what is refused stays refused; a server that is away is asked twice more
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.code === 'unavailable',
      refetchOnWindowFocus: true,
      staleTime: 5_000,
    },
  },
})

function lookWhoIsHere(error: Error): void {
  if (error instanceof ApiProblem && (error.code === 'unauthenticated' || error.code === 'second-factor-needed'))
    void queries.invalidateQueries({ queryKey: [ME] })
}

export function Office(): JSX.Element {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <Dated />
      </QueryClientProvider>
    </LanguageProvider>
  )
}

function Dated(): JSX.Element {
  const { language } = useLanguage()
  const { close } = useWords(officeTexts)
  const theme = useMemo(() => themeWith(close), [close])
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <Notifications position="bottom-right" />
        <Door />
      </DatesProvider>
    </MantineProvider>
  )
}

/** Who is here decides what is shown at all. */
function Door(): JSX.Element {
  const words = useWords(officeTexts)
  const { language } = useLanguage()
  const { data, error, refetch } = useSession()
  const [location] = useLocation()
  // a link from a mail is its own errand, whoever is signed in
  if (data && (!data.me || LINKS.includes(location))) return <Entrance provider={data.provider} />
  if (data?.me?.secondFactor === 'needed') {
    return (
      <MeContext value={data.me}>
        <FactorNeeded />
      </MeContext>
    )
  }
  if (data?.me) {
    return (
      <MeContext value={data.me}>
        <Shell />
      </MeContext>
    )
  }
  if (error && !data) {
    return (
      <Empty title={words.failed.heading} hint={problemWords(error, language)}>
        <Button onClick={() => void refetch()}>{words.failed.retry}</Button>
      </Empty>
    )
  }
  return (
    <Center h="100vh">
      <Loader aria-label={words.table.loading} />
    </Center>
  )
}
