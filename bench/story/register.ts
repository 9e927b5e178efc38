/** The register: from an empty database to the first visit. */
import { officeApi } from '../../contract/office/api.ts'
import { freshHouse, type House } from './house.ts'
import { FORM, join } from './joining.ts'
import { openOffices } from './offices.ts'
import { open } from './opening.ts'
import { expectThat, StepFailed, teller, type Teller } from './teller.ts'

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
  const offices = await openOffices(tale, house)
  const joined = await join(tale, offices)
  const { pass, code } = await open(tale, house, offices, joined)
  const { operator, token } = offices

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
    for (const secret of [...told, token, code, joined.applicantSecret])
      expectThat(!log.includes(secret), `the log holds no ${secret.slice(0, 4)}…`)
    expectThat(log.includes('mail sent'), 'a log at all')
    return Promise.resolve()
  })
}
