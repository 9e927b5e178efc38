import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { useSearchParams } from 'wouter'
import { municipalityOf } from '../../../contract/join/municipality.ts'
import { VenueKind } from '../../../contract/office/venue-kind.ts'
import type { Registration } from '../../../contract/office/venue.ts'
import type { ApplicationView } from '../../../contract/join/application-view.ts'
import { registerTexts } from './register-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { RegistrationForm } from './RegistrationForm.tsx'

type Words = (typeof registerTexts)['ru']['form']

/** Register an approved application, or a Participant without one. */
export default function RegisterPage(): JSX.Element {
  const { form: words } = useWords(registerTexts)
  const { language } = useLanguage()
  const [parameters] = useSearchParams()
  const id = Number(parameters.get('application') ?? 0)
  const { data, error } = useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) => api.application({ params: { id } }, signal),
    enabled: id > 0,
    // somebody is typing into the form
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  })
  if (id > 0 && !data) {
    return error ? <Empty title={problemWords(error, language)} /> : <Loader mx="auto" display="block" mt={80} />
  }
  return (
    <PageFrame title={words.title} hint={data ? words.ofApplication(data.reference) : words.byHand}>
      <RegistrationForm initial={data ? ofApplication(data, words) : byHand(words, language)} />
    </PageFrame>
  )
}

const doors = (words: Words): Registration['venues'][number]['accessPoints'] => [
  { name: words.firstEntry, direction: 'entry' },
  { name: words.firstExit, direction: 'exit' },
]

const emptyVenue = (words: Words): Registration['venues'][number] => ({
  name: '',
  kind: 'cafe',
  address: '',
  municipality: '',
  accessPoints: doors(words),
})

function ofApplication(view: ApplicationView, words: Words): Registration {
  const { venues, ...organisation } = view.form
  return {
    application: { id: view.id, version: view.version },
    organisation,
    venues: venues.map((venue) => ({
      ...venue,
      // what was approved has a kind
      kind: VenueKind.catch('office').parse(venue.kind),
      municipality: municipalityOf(venue.address),
      accessPoints: doors(words),
    })),
    owner: { email: organisation.email, name: organisation.contactName },
    locale: 'ru',
  }
}

const byHand = (words: Words, locale: 'ru' | 'en'): Registration => ({
  application: null,
  organisation: {
    organisation: '',
    inn: '',
    ogrn: '',
    address: '',
    headPosition: '',
    headName: '',
    contactPosition: '',
    contactName: '',
    contactPhone: '',
    email: '',
  },
  venues: [emptyVenue(words)],
  owner: { email: '', name: '' },
  locale,
})
