import {
  IconBuilding,
  IconBuildingStore,
  IconClipboardText,
  IconDevices,
  IconFileSpreadsheet,
  IconHistory,
  IconInbox,
  IconMail,
  IconScan,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import { lazy, type ComponentType } from 'react'
import type { OfficeApi } from '../../contract/office/api.ts'
import type { PageName } from './shell/nav-words.ts'

export interface OfficePage {
  /** its title in shell/nav-words.ts */
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
    name: 'queue',
    path: '/office/register',
    needs: 'register',
    icon: IconInbox,
    page: lazy(() => import('./register/QueuePage.tsx')),
  },
  {
    name: 'register',
    path: '/office/register/new',
    needs: 'register',
    page: lazy(() => import('./register/RegisterPage.tsx')),
  },
  {
    name: 'applications',
    path: '/office/applications',
    needs: 'applications',
    icon: IconClipboardText,
    page: lazy(() => import('./applications/ApplicationsPage.tsx')),
  },
  {
    name: 'application',
    path: '/office/applications/:id',
    needs: 'application',
    page: lazy(() => import('./applications/ApplicationPage.tsx')),
  },
  {
    name: 'venues',
    path: '/office/venues',
    // not for owners and staff, who have the cabinet
    needs: 'municipalities',
    icon: IconBuildingStore,
    page: lazy(() => import('./venues/VenuesPage.tsx')),
  },
  {
    name: 'venue',
    path: '/office/venues/:id',
    needs: 'venue',
    page: lazy(() => import('./venues/VenuePage.tsx')),
  },
  {
    name: 'participants',
    path: '/office/participants',
    needs: 'participants',
    icon: IconBuilding,
    page: lazy(() => import('./register/ParticipantsPage.tsx')),
  },
  {
    name: 'participant',
    path: '/office/participants/:id',
    needs: 'participants',
    page: lazy(() => import('./register/ParticipantPage.tsx')),
  },
  {
    name: 'imports',
    path: '/office/imports',
    needs: 'uploadList',
    icon: IconFileSpreadsheet,
    page: lazy(() => import('./lists/ImportsPage.tsx')),
  },
  {
    name: 'import',
    path: '/office/imports/:id',
    needs: 'uploadList',
    page: lazy(() => import('./lists/ImportPage.tsx')),
  },
  {
    name: 'cabinet',
    path: '/cabinet/venues',
    needs: 'numbersToday',
    icon: IconBuildingStore,
    page: lazy(() => import('./cabinet/CabinetPage.tsx')),
  },
  {
    name: 'venue',
    path: '/cabinet/venues/:id',
    needs: 'numbersToday',
    page: lazy(() => import('./venues/VenuePage.tsx')),
  },
  {
    name: 'posterCheck',
    path: '/cabinet/poster',
    needs: 'numbersToday',
    icon: IconScan,
    page: lazy(() => import('./cabinet/PosterCheckPage.tsx')),
  },
  {
    name: 'staff',
    path: '/cabinet/people',
    needs: 'ownParticipants',
    icon: IconUsersGroup,
    page: lazy(() => import('./cabinet/PeoplePage.tsx')),
  },
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
    name: 'mails',
    path: '/office/mails',
    needs: 'listMails',
    icon: IconMail,
    page: lazy(() => import('./mail/MailsPage.tsx')),
  },
  {
    name: 'people',
    path: '/office/people',
    needs: 'people',
    icon: IconUsers,
    page: lazy(() => import('./people/PeoplePage.tsx')),
  },
  {
    name: 'audit',
    path: '/office/audit',
    needs: 'audit',
    icon: IconHistory,
    page: lazy(() => import('./audit/AuditPage.tsx')),
  },
  {
    name: 'account',
    path: '/office/account',
    needs: 'signOut',
    icon: IconUserCircle,
    page: lazy(() => import('./account/AccountPage.tsx')),
  },
]
