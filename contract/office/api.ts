import { accountsApi } from './accounts.ts'
import { applicationsApi } from './applications.ts'
import { cabinetApi } from './cabinet.ts'
import { fleetApi } from './fleet.ts'
import { mailApi } from './mail.ts'
import { registerApi } from './register.ts'
import { venueListsApi } from './venue-lists.ts'

/** What pages say: sessions in a cookie, roles from may-call.ts. Paths begin with /api/. */
export const officeApi = {
  ...accountsApi,
  ...applicationsApi,
  ...venueListsApi,
  ...registerApi,
  ...cabinetApi,
  ...fleetApi,
  ...mailApi,
} as const
export type OfficeApi = typeof officeApi
