/** First chapter: keys, the first Operator, the Coordinators. */
import { officeApi } from '../../contract/office/api.ts'
import type { Branch } from '../../contract/office/venue-kind.ts'
import { browserAt, refusedWith } from './browser.ts'
import type { House } from './house.ts'
import { mailbox, secretIn, type Mailbox } from './mailbox.ts'
import { acceptInvitation, addAuthenticator, person, type Person } from './person.ts'
import { expectThat, type Teller } from './teller.ts'

const COORDINATORS: readonly (readonly [Branch, string, string])[] = [
  ['culture', 'Кузнецова Вера Павловна', 'kuznetsova@culture.example'],
  ['sport', 'Смирнов Олег Игоревич', 'smirnov@sport.example'],
  ['trade', 'Васильева Нина Петровна', 'vasilyeva@trade.example'],
]
export interface Offices {
  readonly url: string
  readonly post: Mailbox
  readonly operator: Person
  readonly coordinatorOf: (branch: Branch) => Person
  /** of the first Operator's link */
  readonly token: string
}

export async function openOffices({ step }: Teller, house: House): Promise<Offices> {
  const post = mailbox(house.mail)

  await step(
    'Keeper of keys',
    'makes the root and the keys of passes, lists, configuration, seals and tokens',
    async () => {
      await house.command('server/keys-command/keys-command.ts', 'root')
      for (const use of ['static', 'list', 'config', 'seal', 'token'])
        await house.command(
          'server/keys-command/keys-command.ts',
          'rotate',
          use,
          ...(use === 'static' ? ['--ahead', '0'] : []),
        )
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
  return { url, post, operator, coordinatorOf, token }
}
