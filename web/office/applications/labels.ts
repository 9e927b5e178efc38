import type { OfficeState } from '../../../contract/join/application-state.ts'
import type { Standing } from '../kit/StateWord.tsx'

/** How a state looks, everywhere the same. */
export const STANDING: Readonly<Record<OfficeState, Standing>> = {
  submitted: 'going',
  correction: 'wait',
  approved: 'good',
  registered: 'good',
  rejected: 'bad',
  withdrawn: 'over',
}

/** A day's working hours. */
const SOON = 9

export const clockStanding = (hoursLeft: number): Standing =>
  hoursLeft < 0 ? 'bad' : hoursLeft <= SOON ? 'wait' : 'going'

/** The krai's own time, wherever the office is opened. */
const ZONE = 'Europe/Moscow'

export const shortDate = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: ZONE,
  }).format(new Date(iso))

export const dateAndTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  }).format(new Date(iso))

export const ROW_KEY = 'applications'
