import { z } from 'zod'

/** The Coordinators of the order: culture; sport; food, trade and licensing. */
export const Branch = z.enum(['culture', 'sport', 'trade'])
export type Branch = z.infer<typeof Branch>

/** What a venue is: it chooses the Coordinator and, in tracing, how long people stay. */
export const VenueKind = z.enum([
  'shop',
  'cafe',
  'bar',
  'beauty',
  'office',
  'cinema',
  'theatre',
  'museum',
  'library',
  'gym',
  'pool',
  'stadium',
])
export type VenueKind = z.infer<typeof VenueKind>

/** To which Coordinator an application goes (order, 1 and 3). */
export const BRANCH_OF: Readonly<Record<VenueKind, Branch>> = {
  shop: 'trade',
  cafe: 'trade',
  bar: 'trade',
  beauty: 'trade',
  office: 'trade',
  cinema: 'culture',
  theatre: 'culture',
  museum: 'culture',
  library: 'culture',
  gym: 'sport',
  pool: 'sport',
  stadium: 'sport',
}
