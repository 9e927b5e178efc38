import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type JSX } from 'react'
import type { VenuePage } from '../../../contract/office/venue.ts'
import { venueTexts } from './venue-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { toast } from '../kit/problem-words.ts'
import { DetailsForm } from './DetailsForm.tsx'

type Action = 'edit' | 'suspend' | 'resume' | 'close'

const ACTIONS: Readonly<Record<VenuePage['state'], readonly Action[]>> = {
  active: ['edit', 'suspend', 'close'],
  suspended: ['resume', 'edit', 'close'],
  closed: [],
}

/** What the Operator may do with a venue in its state. */
export function VenueActions({ venue }: { readonly venue: VenuePage }): JSX.Element | null {
  const { act: words } = useWords(venueTexts)
  const queries = useQueryClient()
  const [asked, ask] = useState<Action>()
  const params = { id: venue.id }
  const done = async (action: 'suspend' | 'resume' | 'close'): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['venue', venue.id] })
    await queries.invalidateQueries({ queryKey: ['venues'] })
    toast.done(words.done[action])
  }
  const actions = ACTIONS[venue.state]
  if (actions.length === 0) return null
  const close = (): void => ask(undefined)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {words.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item key={action} {...(action === 'close' && { color: 'red' })} onClick={() => ask(action)}>
              {words[action]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked === 'edit' && <DetailsForm venue={venue} onClose={close} />}
      {asked === 'suspend' && (
        <Confirm
          title={words.suspendTitle}
          text={words.suspendText}
          label={words.suspend}
          withReason
          onClose={close}
          act={(reason) => api.suspendVenue({ params, body: { reason } }).then(() => done('suspend'))}
        />
      )}
      {asked === 'resume' && (
        <Confirm
          title={words.resumeTitle}
          text={words.resumeText}
          label={words.resume}
          onClose={close}
          act={() => api.resumeVenue({ params }).then(() => done('resume'))}
        />
      )}
      {asked === 'close' && (
        <Confirm
          title={words.closeTitle}
          text={words.closeText}
          label={words.close}
          danger
          withReason
          onClose={close}
          act={(reason) => api.closeVenue({ params, body: { reason } }).then(() => done('close'))}
        />
      )}
    </>
  )
}
