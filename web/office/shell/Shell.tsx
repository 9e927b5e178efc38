import { AppShell, Box, Burger, Button, Group, Loader, NavLink, ScrollArea, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLogout } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, type JSX } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { navTexts } from './nav-words.ts'
import { officeTexts } from '../kit/office-words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { mayCall, useMe } from '../me.ts'
import { pages, type OfficePage } from '../pages.ts'
import { Empty } from '../kit/Empty.tsx'
import { ErrorBoundary } from '../kit/ErrorBoundary.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { Logo } from './Logo.tsx'

/** Menu and page of whoever is signed in. */
export function Shell(): JSX.Element {
  const words = useWords(officeTexts)
  const me = useMe()
  const [opened, { toggle, close }] = useDisclosure()
  const [location] = useLocation()
  const open = pages.filter(({ needs }) => mayCall(me, needs))
  const start = open.find(({ icon }) => icon !== undefined)?.path
  useEffect(close, [location, close])
  return (
    <AppShell
      header={{ height: 56, collapsed: false }}
      navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className="skip-link" href="#content">
        {words.skip}
      </a>
      <AppShell.Header bg="#0f1b2d" withBorder={false}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" color="#fff" aria-label={words.menu} />
          <Logo />
          <Group ml="auto" gap="xs" wrap="nowrap">
            <Account />
            <LanguageButton />
            <SignOutButton />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="#0f1b2d" withBorder={false} p="sm">
        <ScrollArea component="nav" aria-label={words.menu}>
          <Menu pages={open} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ErrorBoundary key={location}>
          <Suspense fallback={<Loader mx="auto" display="block" mt={80} aria-label={words.table.loading} />}>
            <Switch>
              {open.map(({ path, page: Page, name }) => (
                <Route key={path} path={path}>
                  <Titled name={name}>
                    <Page />
                  </Titled>
                </Route>
              ))}
              {['/office', '/cabinet', '/office/sign-in'].map((path) => (
                <Route key={path} path={path}>
                  {start === undefined ? (
                    <Empty title={words.nothingForYou.heading} hint={words.nothingForYou.hint} />
                  ) : (
                    <Redirect to={start} replace />
                  )}
                </Route>
              ))}
              <Route>
                <Empty title={words.missing.heading}>
                  <Button component={Link} href="/office">
                    {words.missing.back}
                  </Button>
                </Empty>
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
    </AppShell>
  )
}

function Titled({
  name,
  children,
}: {
  readonly name: OfficePage['name']
  readonly children: JSX.Element
}): JSX.Element {
  const title = useWords(navTexts)[name]
  const { name: product } = useWords(officeTexts)
  useEffect(() => {
    document.title = `${title} — ${product}`
  }, [title, product])
  return children
}

function Menu({ pages: shown }: { readonly pages: readonly OfficePage[] }): JSX.Element {
  const titles = useWords(navTexts)
  const [location] = useLocation()
  return (
    <Stack gap={2}>
      {shown.map(({ path, name, icon: PageIcon }) => {
        if (!PageIcon) return null
        const active = location === path || location.startsWith(`${path}/`)
        return (
          <NavLink
            key={path}
            component={Link}
            href={path}
            className="nav-link"
            label={titles[name]}
            leftSection={<PageIcon size={20} stroke={1.6} />}
            active={active}
            {...(active && { 'aria-current': 'page' as const })}
            variant="subtle"
          />
        )
      })}
    </Stack>
  )
}

function Account(): JSX.Element {
  const words = useWords(officeTexts)
  const { name, grants } = useMe()
  const roles = [...new Set(grants.map((grant) => words.roles[grant.role]))]
  return (
    <Box ta="right" visibleFrom="sm" mr="xs" maw={420}>
      <Text size="sm" fw={600} c="#fff" lh={1.25} truncate>
        {name}
      </Text>
      <Text size="xs" c="#b7c2d1" lh={1.25} truncate>
        {roles.join(', ')}
      </Text>
    </Box>
  )
}

function SignOutButton(): JSX.Element {
  const { signOut } = useWords(officeTexts)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const leave = async (): Promise<void> => {
    await api.signOut({ body: {} }).catch(() => undefined)
    queries.clear()
    go('/office/sign-in')
    location.reload()
  }
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      c="#fff"
      leftSection={<IconLogout size={18} />}
      onClick={() => void leave()}
      aria-label={signOut}
    >
      <Box component="span" visibleFrom="sm">
        {signOut}
      </Box>
    </Button>
  )
}
