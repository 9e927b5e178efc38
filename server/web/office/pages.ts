import { IconDevices, IconUserCircle, type Icon } from '@tabler/icons-react'
import { lazy, type ComponentType } from 'react'
import type { OfficeApi } from '../../contract/office/api.ts'
import type { PageName } from '../i18n/nav.ts'

export interface OfficePage {
  /** its title in i18n/nav.ts */
  readonly name: PageName
  /** wouter's pattern; the page reads `:id` with `useParams()` */
  readonly path: string
  /** whoever may call this endpoint sees the page */
  readonly needs: keyof OfficeApi
  /** absent: it is reached from other pages and is not in the menu */
  readonly icon?: Icon
  readonly page: ComponentType
}

/** Every page of the office and the cabinet, in the order of the menu. The first one a person may see is their start. */
export const pages: readonly OfficePage[] = [
  {
    name: 'devices',
    path: '/office/devices',
    needs: 'fleetDevices',
    icon: IconDevices,
    page: lazy(() => import('./fleet/FleetPage.tsx')),
  },
  {
    name: 'device',
    path: '/office/devices/:id',
    needs: 'fleetDevice',
    page: lazy(() => import('./fleet/DevicePage.tsx')),
  },
  {
    name: 'account',
    path: '/office/account',
    needs: 'signOut',
    icon: IconUserCircle,
    page: lazy(() => import('./account/AccountPage.tsx')),
  },
]
