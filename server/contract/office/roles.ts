import type { OfficeApi } from './api.ts'

/** operator: the IT centre; coordinator: of one branch; health: the authority; owner and staff: of one Participant. */
export const ROLES = ['operator', 'coordinator', 'health', 'auditor', 'owner', 'staff'] as const
export type Role = (typeof ROLES)[number]

/** Whoever sees many people's data or decides on venues signs in with two factors. */
export const TWO_FACTOR_ROLES: readonly Role[] = ['operator', 'coordinator', 'health', 'auditor']

/** `signed-in`: whoever has a session; `anyone`: without one too. */
export type Caller = Role | 'signed-in' | 'anyone'

/**
 * Role × endpoint: who may call what. The server asks this table before a handler runs, pages show what it allows, and a
 * test walks every cell. Which of a role's objects (its branch, its venues) a person sees is the handler's business.
 */
export const MAY_CALL: { readonly [Name in keyof OfficeApi]: readonly Caller[] } = {
  me: ['anyone'],
  signIn: ['anyone'],
  readLink: ['anyone'],
  acceptInvitation: ['anyone'],
  becomeFirstOperator: ['anyone'],
  askReset: ['anyone'],
  resetPassword: ['anyone'],
  signOut: ['signed-in'],
  changePassword: ['signed-in'],
  setLocale: ['signed-in'],
  beginTotp: ['signed-in'],
  confirmTotp: ['signed-in'],
  turnOffTotp: ['signed-in'],
  newRecoveryCodes: ['signed-in'],
  sessions: ['signed-in'],
  endSession: ['signed-in'],
  endOtherSessions: ['signed-in'],
  people: ['operator'],
  invitePerson: ['operator'],
  inviteAgain: ['operator'],
  disablePerson: ['operator'],
  enablePerson: ['operator'],
  endPersonSessions: ['operator'],
  resetSecondFactor: ['operator'],
  removeGrant: ['operator'],
  audit: ['auditor'],
  auditActions: ['auditor'],
  verifyAudit: ['auditor'],

  // the register
  register: ['operator'],
  participants: ['operator', 'auditor'],
  participant: ['operator', 'auditor', 'owner', 'staff'],
  venues: ['operator', 'coordinator', 'health', 'auditor', 'owner', 'staff'],
  municipalities: ['operator', 'coordinator', 'health', 'auditor'],
  venue: ['operator', 'coordinator', 'health', 'auditor', 'owner', 'staff'],
  changeVenue: ['operator'],
  suspendVenue: ['operator'],
  resumeVenue: ['operator'],
  closeVenue: ['operator'],
  reissueCode: ['operator', 'owner'],
  addAccessPoint: ['operator', 'owner'],
  renameAccessPoint: ['operator', 'owner'],
  retireAccessPoint: ['operator', 'owner'],
  poster: ['operator', 'owner', 'staff'],
  mailPoster: ['operator', 'owner'],
  venueByCode: ['anyone'],
  exportVenues: ['operator', 'coordinator', 'auditor'],
  uploadList: ['operator'],
  listImports: ['operator'],
  listImport: ['operator'],
  listRows: ['operator'],
  confirmList: ['operator'],
  listReport: ['operator'],

  // the cabinet
  checkPoster: ['operator', 'owner', 'staff'],
  policy: ['operator', 'owner', 'staff'],
  setPolicy: ['operator', 'owner'],
  numbersToday: ['owner', 'staff'],
  venueNumbers: ['operator', 'owner', 'staff'],
  ownParticipants: ['owner'],
  colleagues: ['operator', 'owner'],
  inviteColleague: ['operator', 'owner'],
  removeColleague: ['operator', 'owner'],
  saveApplication: ['anyone'],
  openApplication: ['anyone'],
  submitApplication: ['anyone'],
  confirmApplication: ['anyone'],
  resendConfirmation: ['anyone'],
  withdrawApplication: ['anyone'],
  applicationAppendix: ['anyone'],
  uploadScan: ['anyone'],
  applicationStatus: ['anyone'],
  applications: ['coordinator', 'operator', 'auditor'],
  applicationCounts: ['coordinator', 'operator', 'auditor'],
  application: ['coordinator', 'operator', 'auditor'],
  decideApplication: ['coordinator'],
  sendApplicationBack: ['operator'],
  applicationPaper: ['coordinator', 'operator'],
  applicationFile: ['coordinator', 'operator'],
  fleetDevices: ['operator', 'auditor', 'owner', 'staff'],
  fleetSummary: ['operator', 'auditor', 'owner', 'staff'],
  fleetDevice: ['operator', 'auditor', 'owner', 'staff'],
  approveDevice: ['operator'],
  revokeDevice: ['operator', 'owner'],
  renameDevice: ['operator', 'owner'],
  askForRotation: ['operator', 'owner'],
  makeEnrolmentCode: ['operator', 'owner'],
  enrolmentCodes: ['operator', 'owner'],
  cancelEnrolmentCode: ['operator', 'owner'],
  fleetPlaces: ['operator', 'owner'],
  listMails: ['operator'],
  repeatMail: ['operator'],
}
