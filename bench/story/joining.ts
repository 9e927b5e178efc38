/** Second chapter: application, decision, registration, poster. */
import { randomBytes } from 'node:crypto'
import { officeApi } from '../../contract/office/api.ts'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { picturesOf, textOf } from '../../scripts/pdf/pdf-pictures.ts'
import { readCode } from '../../scripts/pdf/read-code.ts'
import { typedCode } from '../../contract/office/venue-code.ts'
import { browserAt, refusedWith } from './browser.ts'
import { OPERATOR_MAILBOX } from './house.ts'
import { secretIn } from './mailbox.ts'
import type { Offices } from './offices.ts'
import { expectThat, type Teller } from './teller.ts'

export const FORM: ApplicationForm = {
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
/** As a scanner would make of the signed paper: the smallest PNG. */
const SCAN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export interface Joined {
  readonly venue: { readonly id: number; readonly poster: string }
  readonly applicantSecret: string
}

export async function join({ step }: Teller, offices: Offices): Promise<Joined> {
  const { url, post, operator, coordinatorOf } = offices
  const applicantSecret = randomBytes(16).toString('base64url')
  const applicant = browserAt(url)
  applicant.bearer = applicantSecret
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
  return { venue, applicantSecret }
}
