import { generate } from 'otplib'
import { officeApi } from '../../contract/office/api.ts'
import { browserAt, type Browser } from './browser.ts'
import { expectThat } from './teller.ts'

export interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly browser: Browser
}

export function person(origin: string, name: string, email: string): Person {
  return { name, email, password: `Длинный пароль для ${email}`, browser: browserAt(origin) }
}

/** Opens the link of an invitation: name and password, and a session begins. */
export async function acceptInvitation({ browser, name, email, password }: Person, token: string): Promise<void> {
  const link = await browser.call(officeApi.readLink, { body: { token } })
  expectThat(link.kind === 'invitation' && link.email === email, 'the link is this person’s invitation')
  await browser.call(officeApi.acceptInvitation, { body: { token, name, password } })
}

/** Adds an authenticator. @returns recovery codes, good for one sign-in each */
export async function addAuthenticator({ browser }: Person): Promise<readonly string[]> {
  const { secret } = await browser.call(officeApi.beginTotp, { body: {} })
  const { recoveryCodes } = await browser.call(officeApi.confirmTotp, { body: { code: await generate({ secret }) } })
  return recoveryCodes
}
