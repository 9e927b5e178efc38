import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

/** What a table shows, as it stands in the address: `?page=2&sort=-seenAt&search=…&state=new`. */
export interface TableState {
  readonly query: Readonly<Record<string, string>>
  readonly page: number
  readonly size: number
  readonly sort: string | undefined
  readonly search: string
  /** a filter of the table's own; '' is none */
  filter(name: string): string
  /** undefined or '' takes it out of the address; anything but `page` begins at the first page again */
  set(change: Readonly<Record<string, string | undefined>>): void
  clear(): void
}

export const PAGE_SIZES = [25, 50, 100, 200]
const FIRST_SIZE = 50

const whole = (text: string | null, otherwise: number): number =>
  text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : otherwise

export function useTableState(): TableState {
  const [parameters, setParameters] = useSearchParams()
  return useMemo(
    () => ({
      query: Object.fromEntries(parameters),
      page: whole(parameters.get('page'), 1),
      size: whole(parameters.get('size'), FIRST_SIZE),
      sort: parameters.get('sort') ?? undefined,
      search: parameters.get('search') ?? '',
      filter: (name) => parameters.get(name) ?? '',
      set: (change) =>
        setParameters(
          (before) => {
            const next = new URLSearchParams(before)
            if (!('page' in change)) next.delete('page')
            for (const [name, value] of Object.entries(change)) {
              if (value === undefined || value === '') next.delete(name)
              else next.set(name, value)
            }
            return next
          },
          { replace: true },
        ),
      clear: () => setParameters(new URLSearchParams(), { replace: true }),
    }),
    [parameters, setParameters],
  )
}
