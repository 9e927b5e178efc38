import type { JSX } from 'react'
import { Route, Switch } from 'wouter'
import { FirstOperatorPage } from './FirstOperatorPage.tsx'
import { ForgottenPage } from './ForgottenPage.tsx'
import { InvitationPage } from './InvitationPage.tsx'
import { ResetPage } from './ResetPage.tsx'
import { SignInPage } from './SignInPage.tsx'

/** Pages behind links of mails and of the first start. */
export const LINKS: readonly string[] = ['/office/invitation', '/office/reset', '/office/first-operator']

/** What nobody in particular sees; every other address is where they get to after signing in. */
export function Entrance({ provider }: { readonly provider: string | null }): JSX.Element {
  return (
    <Switch>
      <Route path="/office/invitation" component={InvitationPage} />
      <Route path="/office/reset" component={ResetPage} />
      <Route path="/office/first-operator" component={FirstOperatorPage} />
      <Route path="/office/forgotten" component={ForgottenPage} />
      <Route>
        <SignInPage provider={provider} />
      </Route>
    </Switch>
  )
}
