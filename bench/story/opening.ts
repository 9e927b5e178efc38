/** Third chapter: the owner's cabinet, the kiosk, the first visitor. */
import { officeApi } from '../../contract/office/api.ts'
import { typedCode } from '../../contract/office/venue-code.ts'
import { picturesOf } from '../../scripts/pdf/pdf-pictures.ts'
import { readCode } from '../../scripts/pdf/read-code.ts'
import { browserAt, refusedWith } from './browser.ts'
import type { House } from './house.ts'
import { FORM, type Joined } from './joining.ts'
import { enrolledKiosk } from './kiosk.ts'
import { secretIn } from './mailbox.ts'
import type { Offices } from './offices.ts'
import { acceptInvitation, addAuthenticator, person } from './person.ts'
import { expectThat, type Teller } from './teller.ts'

/** What the audit log must tell of all this, among other things. */
const DONE = [
  'operator.first',
  'application.submitted',
  'application.confirmed',
  'application.approve',
  'participant.register',
  'device.enrol',
  'venue.reissue',
]

/** What must stand in no log. */
export interface Secrets {
  readonly pass: string
  readonly code: string
}

export async function open(
  { step }: Teller,
  house: House,
  { url, post, operator }: Offices,
  { venue }: Joined,
): Promise<Secrets> {
  const owner = person(url, FORM.contactName, FORM.email)
  await step('Owner', 'opens the invitation, chooses a password, signs out and signs in again', async () => {
    await acceptInvitation(owner, secretIn(await post.next(FORM.email, /Приглашение/)))
    await owner.browser.call(officeApi.signOut, { body: {} })
    await refusedWith('unauthenticated', owner.browser.call(officeApi.venues, { query: {} }))
    const { email, password } = owner
    const { kind } = await owner.browser.call(officeApi.signIn, { body: { email, password } })
    expectThat(kind === 'signed-in', 'signed in')
  })
  const door = await step('Owner', 'sees the venue with its doors, and nothing of the Operator’s', async () => {
    const { rows } = await owner.browser.call(officeApi.venues, { query: {} })
    expectThat(rows.length === 1 && rows[0]?.id === venue.id, 'the own venue alone')
    await refusedWith('forbidden', owner.browser.call(officeApi.listMails, { query: {} }))
    const { accessPoints } = await owner.browser.call(officeApi.venue, { params: { id: venue.id } })
    const entry = accessPoints.find(({ direction }) => direction === 'entry')
    expectThat(entry !== undefined, 'an entrance')
    return entry
  })
  const code = await step('Owner', 'makes an enrolment code for a kiosk at the entrance', () =>
    owner.browser.call(officeApi.makeEnrolmentCode, { body: { accessPoint: door.id, name: 'Киоск у входа' } }),
  )
  const kiosk = await step('Kiosk', 'scans it and enrols with a key of its own; the code is good once', async () => {
    const enrolled = await enrolledKiosk(code.text)
    await refusedWith('enrolment-refused', enrolledKiosk(code.text))
    return enrolled
  })
  if (kiosk.state === 'pending')
    await step('Operator', 'approves the kiosk, which had to wait for it', async () => {
      await refusedWith('device-pending', kiosk.signIn())
      await operator.browser.call(officeApi.approveDevice, { params: { id: kiosk.device } })
    })
  await step('Kiosk', 'proves who it is, learns its place and says how it is', async () => {
    await kiosk.signIn()
    const { venue: place, accessPoint } = await kiosk.place()
    expectThat(place.name === FORM.venues[0]?.name && accessPoint.id === door.id, 'the entrance of the café')
    await kiosk.beat()
  })
  const pass = await step('Visitor', 'is given a pass', () =>
    house.command('server/operator/operator.ts', 'issue', '--days', '1'),
  )
  await step('Visitor', 'shows it at the entrance: «Проходите»', async () => {
    const { outcome } = await kiosk.scan(pass, door.id)
    expectThat(outcome === 'granted', 'granted')
  })
  await step('Owner', 'sees one visitor in today’s numbers, and the kiosk in order', async () => {
    const { today } = await owner.browser.call(officeApi.venueNumbers, { params: { id: venue.id } })
    expectThat(today.admitted === 1 && today.refused === 0, 'one admitted, nobody refused')
    const { rows } = await owner.browser.call(officeApi.fleetDevices, { query: {} })
    expectThat(rows.length === 1 && rows[0]?.state === 'active' && rows[0].seenAt !== null, 'one kiosk, heard of')
  })
  await step('Operator', 'strikes the kiosk off; the server takes nothing from it any more', async () => {
    const revoking = { params: { id: kiosk.device }, body: { reason: 'Украден со стены' } }
    await operator.browser.call(officeApi.revokeDevice, revoking)
    await refusedWith('device-revoked', kiosk.scan(pass, door.id))
    await refusedWith('device-revoked', kiosk.signIn())
  })
  await step('Owner', 'has the code made anew: the old poster is refused, the new one is in the mail', async () => {
    const old = venue.poster
    const again = { params: { id: venue.id }, body: { current: old } }
    const { poster } = await owner.browser.call(officeApi.reissueCode, again)
    const lookAt = (code: string) => browserAt(url).call(officeApi.venueByCode, { params: { code } })
    expectThat((await lookAt(old)).kind === 'retired', 'the old code is retired')
    const [file] = (await post.next(FORM.email, /QR-код/)).parsed.attachments
    const [picture] = file ? await picturesOf(file.content, 2) : []
    const typed = typedCode((picture && (await readCode(picture))) ?? '')
    expectThat(typed.kind === 'code' && typed.code === poster, 'the mailed poster has the new code')
    await refusedWith('conflict', owner.browser.call(officeApi.reissueCode, again))
  })
  await step('Auditor', 'is invited, finds who decided what, and follows the log to its end unbroken', async () => {
    const auditor = person(url, 'Белова Ирина Львовна', 'belova@audit.example')
    const { name, email } = auditor
    const invitation = { email, name, locale: 'en', grant: { role: 'auditor' } } as const
    await operator.browser.call(officeApi.invitePerson, { body: invitation })
    await acceptInvitation(auditor, secretIn(await post.next(email, /invitation/)))
    await addAuthenticator(auditor)
    const { rows } = await auditor.browser.call(officeApi.audit, { query: { size: 200 } })
    const actions = rows.map(({ action }) => action)
    for (const action of DONE) expectThat(actions.includes(action), `an entry "${action}" among ${actions.join(', ')}`)
    const { brokenAt, rows: all } = await auditor.browser.call(officeApi.verifyAudit, { body: {} })
    expectThat(brokenAt === null && all >= rows.length, 'an unbroken log')
  })
  return { pass, code: code.code }
}
