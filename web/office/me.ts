import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Me } from '../../contract/office/account.ts'
import type { OfficeApi } from '../../contract/office/api.ts'
import { MAY_CALL, type Caller } from '../../contract/office/may-call.ts'
import type { Role } from '../../contract/office/role.ts'
import { api } from './api.ts'

export const ME = 'me'

export const useSession = (): UseQueryResult<{ readonly me: Me | null; readonly provider: string | null }> =>
  useQuery({ queryKey: [ME], queryFn: ({ signal }) => api.me(undefined, signal), staleTime: 60_000 })

export const MeContext = createContext<Me | null>(null)

/** Who is signed in. Only below the shell. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('nobody is signed in')
  return me
}

export const hasRole = ({ grants }: Me, role: Role): boolean => grants.some((grant) => grant.role === role)

/** Whether an endpoint is open to a person: the same table that the server asks. */
export function mayCall({ grants }: Me, name: keyof OfficeApi): boolean {
  const callers: readonly Caller[] = MAY_CALL[name]
  return (
    callers.includes('anyone') || callers.includes('signed-in') || grants.some(({ role }) => callers.includes(role))
  )
}
