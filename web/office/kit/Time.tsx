import dayjs from 'dayjs'
import type { JSX } from 'react'

/** A moment in the reader's own time zone, to the minute; to the second in its title. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  const moment = dayjs(at)
  return (
    <time dateTime={at} title={moment.format('DD.MM.YYYY HH:mm:ss Z')} style={{ whiteSpace: 'nowrap' }}>
      {moment.format(moment.year() === dayjs().year() ? 'D MMM, HH:mm' : 'D MMM YYYY, HH:mm')}
    </time>
  )
}
