import { Button } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import type { JSX } from 'react'
import { officeTexts } from '../../i18n/office.ts'
import { useLanguage, useWords } from '../language.tsx'

export function LanguageButton({ onLight = false }: { readonly onLight?: boolean }): JSX.Element {
  const { otherLanguage } = useWords(officeTexts)
  const { language, choose } = useLanguage()
  const other = language === 'ru' ? 'en' : 'ru'
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      color={onLight ? 'gray' : '#fff'}
      c={onLight ? 'gray.7' : '#fff'}
      lang={other}
      leftSection={<IconLanguage size={18} />}
      onClick={() => choose(other)}
    >
      {otherLanguage}
    </Button>
  )
}
