import { Alert, Button, Group, Loader, Stack, Tabs, Text } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { lazy, type JSX } from 'react'
import { Link, useParams, useSearchParams } from 'wouter'
import type { VenuePage as Venue } from '../../../contract/office/venue.ts'
import { kindTexts } from '../../kit/venue-kind-words.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { hasRole, mayCall, useMe } from '../me.ts'
import { Empty } from '../kit/Empty.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemWords } from '../kit/problem-words.ts'
import { AccessPoints } from './AccessPoints.tsx'
import { History } from './History.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { PosterTab } from './PosterTab.tsx'
import { VenueActions } from './VenueActions.tsx'
import { VenueStateWord } from './VenueStateWord.tsx'

// its charts are the largest part of the page, and most who come here want another tab
const NumbersTab = lazy(() => import('./NumbersTab.tsx').then((part) => ({ default: part.NumbersTab })))

const TABS = ['numbers', 'points', 'poster', 'rules', 'history'] as const
type Tab = (typeof TABS)[number]

/** One venue: for the Operator, for its Participant's people, and for a Coordinator to read. */
export default function VenuePage(): JSX.Element {
  const id = Number(useParams()['id'])
  const { language } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['venue', id],
    queryFn: ({ signal }) => api.venue({ params: { id } }, signal),
  })
  if (data) return <Known venue={data} />
  if (error) return <Empty title={problemWords(error, language)} />
  return <Loader mx="auto" display="block" mt={80} />
}

function Known({ venue }: { readonly venue: Venue }): JSX.Element {
  const words = useWords(venueTexts)
  const { kinds } = useWords(kindTexts)
  const me = useMe()
  const [parameters, setParameters] = useSearchParams()
  const settles = hasRole(me, 'operator') || hasRole(me, 'owner') || hasRole(me, 'staff')
  const tabs: readonly Tab[] = settles ? TABS : ['points', 'history']
  const tab = tabs.find((one) => one === parameters.get('tab')) ?? tabs[0] ?? 'points'
  return (
    <PageFrame
      title={venue.name}
      actions={
        <Group gap="xs">
          {mayCall(me, 'fleetDevices') && (
            <Button
              component={Link}
              href={`${hasRole(me, 'operator') ? '/office' : '/cabinet'}/devices?venue=${venue.id}`}
              variant="default"
              leftSection={<IconDeviceDesktop size={18} />}
            >
              {words.act.devices}
            </Button>
          )}
          {mayCall(me, 'suspendVenue') && <VenueActions venue={venue} />}
        </Group>
      }
    >
      <Stack gap="lg">
        <Group gap="lg" mt={-12} style={{ rowGap: 4 }}>
          <VenueStateWord state={venue.state} />
          <Text c="gray.6">{kinds[venue.kind]}</Text>
          <Text c="gray.6">{venue.address}</Text>
          {venue.participant && hasRole(me, 'operator') && (
            <Text component={Link} href={`/office/participants/${venue.participant.id}`} c="action.7">
              {venue.participant.organisation}
            </Text>
          )}
        </Group>
        {venue.state !== 'active' && (
          <Alert color={venue.state === 'suspended' ? 'amber' : 'gray'} variant="light">
            <Text c="gray.9">
              {words.since(dayjs(venue.stateAt).format('DD.MM.YYYY, HH:mm'))}
              {venue.stateReason !== null && ` · ${words.why(venue.stateReason)}`}
            </Text>
          </Alert>
        )}
        <Tabs
          value={tab}
          onChange={(next) => setParameters(next === null ? {} : { tab: next }, { replace: true })}
          keepMounted={false}
        >
          <Tabs.List mb="lg">
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {words.tabs[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="numbers">
            <NumbersTab id={venue.id} />
          </Tabs.Panel>
          <Tabs.Panel value="points">
            <AccessPoints venue={venue} />
          </Tabs.Panel>
          <Tabs.Panel value="poster">
            <PosterTab venue={venue} />
          </Tabs.Panel>
          <Tabs.Panel value="rules">
            <PolicyForm venue={venue} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History venue={venue} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </PageFrame>
  )
}
