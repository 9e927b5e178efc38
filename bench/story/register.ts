/** The register's chapter: from an empty database to the first visit. */
import { randomBytes } from 'node:crypto'
import type { Branch } from '../../server/contract/office/venue-kind.ts'
import { officeApi } from '../../server/contract/office/api.ts'
import type { ApplicationForm } from '../../server/contract/office/application-form.ts'
import { typedCode } from '../../server/contract/office/venue-code.ts'
import { picturesOf, textOf } from '../../scripts/pdf/pdf-pictures.ts'
import { readCode } from '../../scripts/pdf/read-code.ts'
import { browserAt, refusedWith } from './browser.ts'
import { freshHouse, OPERATOR_MAILBOX, type House } from './house.ts'
import { enrolledKiosk } from './kiosk.ts'
import { mailbox, secretIn } from './mailbox.ts'
import { acceptInvitation, addAuthenticator, person, type Person } from './person.ts'
import { expectThat, StepFailed, teller, type Teller } from './teller.ts'

const FORM: ApplicationForm = {
  venues: [{ name: 'Кафе «Ёлки»', kind: 'cafe', address: 'г. Ставрополь, ул. Мира, д. 1' }],
  organisation: 'Общество с ограниченной ответственностью «Ёлки и палки»',
  inn: '2636045265',
  ogrn: '1022601934486',
  address: '355000, Ставропольский край, г. Ставрополь, ул. Мира, д. 1',
  headPosition: 'Генеральный директор',
  headName: 'Константинопольский Александр Вячеславович',
  contactPosition: 'Администратор',
  contactName: 'Петрова Анна Сергеевна',
  contactPhone: '+79181234567',
  email: 'petrova@yolki.example',
}
const COORDINATORS: readonly (readonly [Branch, string, string])[] = [
  ['culture', 'Кузнецова Вера Павловна', 'kuznetsova@culture.example'],
  ['sport', 'Смирнов Олег Игоревич', 'smirnov@sport.example'],
  ['trade', 'Васильева Нина Петровна', 'vasilyeva@trade.example'],
]
/** As a scanner would make of the signed paper: the smallest PNG. */
const SCAN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export async function tellRegister(print: (line: string) => void): Promise<Pick<Teller, 'steps' | 'failed'>> {
  const tale = teller(print)
  const house = await freshHouse()
  try {
    await register(tale, house)
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown
  } finally {
    await house.clear()
  }
  return tale
}

async function register(tale: Teller, house: House): Promise<void> {
  const { step } = tale
  const post = mailbox(house.mail)

  await step(
    'Keeper of keys',
    'makes the root and the keys of passes, lists, configuration, seals and tokens',
    async () => {
      await house.command('server/keys-command.ts', 'root')
      for (const use of ['static', 'list', 'config', 'seal', 'token'])
        await house.command('server/keys-command.ts', 'rotate', use, ...(use === 'static' ? ['--ahead', '0'] : []))
    },
  )
  const { url, link } = await step('Server', 'starts for the first time and prints the first Operator’s link', () =>
    house.start(),
  )

  const operator = person(url, 'Орлов Сергей Ильич', 'orlov@it-centre.example')
  const token = link.split('#').at(-1)?.replace(/^\w+=/, '') ?? ''
  await step('Operator', 'opens the link and chooses a password', async () => {
    const { browser, email, name, password } = operator
    await browser.call(officeApi.becomeFirstOperator, { body: { token, email, name, password } })
  })
  await step('Somebody else', 'opens the same link and is refused', async () => {
    const { name, password } = operator
    const body = { token, email: 'other@example.org', name, password }
    await refusedWith('link-over', browserAt(url).call(officeApi.becomeFirstOperator, { body }))
  })
  await step('Operator', 'may do nothing before adding an authenticator, then adds one', async () => {
    await refusedWith('second-factor-needed', operator.browser.call(officeApi.people, { query: {} }))
    await addAuthenticator(operator)
    const { me } = await operator.browser.call(officeApi.me, {})
    expectThat(me?.secondFactor === 'on', 'the second factor is on')
  })

  const coordinators = new Map<Branch, Person>()
  for (const [branch, name, email] of COORDINATORS) {
    const coordinator = person(url, name, email)
    coordinators.set(branch, coordinator)
    await step('Operator', `invites the Coordinator of ${branch}`, async () => {
      const body = { email, name, locale: 'ru', grant: { role: 'coordinator', branch } } as const
      await operator.browser.call(officeApi.invitePerson, { body })
    })
    await step(
      `Coordinator of ${branch}`,
      'opens the link in the mail, chooses a password, adds an authenticator',
      async () => {
        await acceptInvitation(coordinator, secretIn(await post.next(email, /Приглашение/)))
        await addAuthenticator(coordinator)
      },
    )
  }
  const coordinatorOf = (branch: Branch): Person => {
    const found = coordinators.get(branch)
    expectThat(found !== undefined, `a Coordinator of ${branch}`)
    return found
  }

  const applicant = browserAt(url)
  applicant.bearer = randomBytes(16).toString('base64url')
  const reference = await step('Applicant', 'types the application; it is kept as far as it is typed', async () => {
    const half = { ...FORM, venues: [...FORM.venues], inn: '2636045264', headName: '' }
    const saved = await applicant.call(officeApi.saveApplication, { body: { form: half } })
    const body = { form: { ...FORM, inn: '2636045264' }, locale: 'ru', knowingly: false } as const
    await refusedWith('invalid-request', applicant.call(officeApi.submitApplication, { body }))
    return saved.reference
  })
  await step('Applicant', 'corrects the ИНН, submits, prints Appendix 1 and adds the signed paper', async () => {
    await applicant.call(officeApi.submitApplication, { body: { form: FORM, locale: 'ru' } })
    const { pages } = await textOf(await applicant.call(officeApi.applicationAppendix, {}))
    const printed = pages.join(' ').replaceAll(/\s+/g, ' ')
    for (const words of [FORM.organisation, FORM.ogrn, FORM.headName, 'М.П.'])
      expectThat(printed.includes(words), `Appendix 1 says ${words}`)
    const scan = { name: 'Заявление.png', type: 'image/png', bytes: SCAN }
    const { files } = await applicant.call(officeApi.uploadScan, { body: scan })
    expectThat(files.length === 1, 'the scan is kept')
  })
  const trade = coordinatorOf('trade')
  await step('Coordinator of trade', 'sees nothing yet: the address is not confirmed', async () => {
    const { total } = await trade.browser.call(officeApi.applications, { query: {} })
    expectThat(total === 0, 'an empty queue')
  })
  await step('Applicant', 'confirms the address with the link from the mail', async () => {
    const mail = await post.next(FORM.email, new RegExp(`Подтвердите заявление ${reference}`))
    const confirming = browserAt(url)
    confirming.bearer = secretIn(mail)
    const { state } = await confirming.call(officeApi.confirmApplication, {})
    expectThat(state.kind === 'submitted', 'the application is submitted')
  })
  const row = await step(
    'Coordinator of trade',
    'finds it in the queue, with a clock; the Coordinator of sport does not',
    async () => {
      const { rows } = await trade.browser.call(officeApi.applications, { query: {} })
      const [found] = rows
      expectThat(rows.length === 1 && found?.reference === reference, 'one application, this one')
      expectThat(found.due !== undefined, 'a time by which it is decided')
      const sport = coordinatorOf('sport').browser
      expectThat((await sport.call(officeApi.applications, { query: {} })).total === 0, 'nothing for sport')
      await refusedWith('not-found', sport.call(officeApi.application, { params: { id: found.id } }))
      return found
    },
  )
  const params = { id: row.id }
  await step('Coordinator of trade', 'finds joining expedient', async () => {
    const { version } = await trade.browser.call(officeApi.application, { params })
    const { state } = await trade.browser.call(officeApi.decideApplication, {
      params,
      body: { kind: 'approve', version },
    })
    expectThat(state === 'approved', 'the application is approved')
  })
  await step('Operator', 'gets the application forwarded to the mailbox of the order', async () => {
    const mail = await post.next(OPERATOR_MAILBOX, /к регистрации/)
    expectThat(mail.parsed.text?.includes(`${url}/office/applications/${row.id}`) === true, 'a link to it')
  })
  await step('Applicant', 'is told by mail', async () => {
    const mail = await post.next(FORM.email, /одобрено/)
    expectThat(mail.parsed.text?.includes(reference) === true, 'the mail names the application')
  })

  const venue = await step('Operator', 'registers the Participant as it stands in the application', async () => {
    const { version } = await operator.browser.call(officeApi.application, { params })
    const { venues, ...organisation } = FORM
    const doors = [
      { name: 'Вход', direction: 'entry' },
      { name: 'Выход', direction: 'exit' },
    ] as const
    const registered = await operator.browser.call(officeApi.register, {
      body: {
        application: { id: row.id, version },
        organisation,
        venues: venues.map((one) => ({ ...one, municipality: 'Ставрополь', accessPoints: [...doors] })),
        owner: { email: FORM.email, name: FORM.contactName },
        locale: 'ru',
      },
    })
    const [first] = registered.venues
    expectThat(first !== undefined && registered.venues.length === 1, 'one venue')
    return first
  })
  await step(
    'Participant',
    'gets the poster by mail; its code, read off the printed page, is the venue’s',
    async () => {
      const { parsed } = await post.next(FORM.email, /QR-код/)
      expectThat(parsed.attachments.length === 3, 'A4, A5 and a sticker')
      for (const { content, contentType } of parsed.attachments) {
        expectThat(contentType === 'application/pdf', 'a PDF')
        const [picture] = await picturesOf(content, 2)
        const text = picture && (await readCode(picture))
        expectThat(text?.startsWith(`${url}/v/`) === true, 'the code is an address of this server')
        const typed = typedCode(text)
        expectThat(typed.kind === 'code' && typed.code === venue.poster, 'the code is the venue’s')
      }
      const answer = await browserAt(url).call(officeApi.venueByCode, { params: { code: venue.poster } })
      expectThat(answer.kind === 'current' && answer.venue.name === FORM.venues[0]?.name, 'the page names the venue')
    },
  )

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
    await refusedWith('not-found', enrolledKiosk(code.text))
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
    house.command('server/operator.ts', 'issue', '--days', '1'),
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
  await step('Operator', 'finds every mail delivered', async () => {
    const { rows } = await operator.browser.call(officeApi.listMails, { query: { size: 200 } })
    expectThat(rows.length === house.mail.received.length, 'as many as arrived')
    expectThat(
      rows.every(({ state, attempts }) => state === 'sent' && attempts === 1),
      'each sent at the first attempt',
    )
  })
  await step('Everybody', 'finds nothing of themselves in the server’s log', () => {
    const log = house.log.join('\n')
    const told = [
      FORM.email,
      FORM.contactPhone,
      FORM.headName,
      FORM.contactName,
      operator.email,
      operator.password,
      pass,
    ]
    for (const secret of [...told, token, code.code, applicant.bearer ?? 'none'])
      expectThat(!log.includes(secret), `the log holds no ${secret.slice(0, 4)}…`)
    expectThat(log.includes('mail sent'), 'a log at all')
    return Promise.resolve()
  })
}
