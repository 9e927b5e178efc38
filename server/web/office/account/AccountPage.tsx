import type { JSX } from 'react'
import { navTexts } from '../../i18n/nav.ts'
import { useWords } from '../language.tsx'
import { PageFrame } from '../parts/PageFrame.tsx'
import { useMe } from '../me.ts'

export default function AccountPage(): JSX.Element {
  const { account } = useWords(navTexts)
  const { name } = useMe()
  return <PageFrame title={account}>{name}</PageFrame>
}
