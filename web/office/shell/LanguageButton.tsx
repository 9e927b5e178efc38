import { Button } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useContext, type JSX } from 'react'
import { officeTexts } from '../kit/office-words.ts'
import { api } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { MeContext } from '../me.ts'

export function LanguageButton({ onLight = false }: { readonly onLight?: boolean }): JSX.Element {
  const { otherLanguage } = useWords(officeTexts)
  const { language, choose } = useLanguage()
  const me = useContext(MeContext)
  const other = language === 'ru' ? 'en' : 'ru'
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      color={onLight ? 'gray' : '#fff'}
      c={onLight ? 'gray.7' : '#fff'}
      lang={other}
      leftSection={<IconLanguage size={18} />}
      onClick={() => {
        choose(other)
        // mails follow; the page has its language in any case
        if (me) api.setLocale({ body: { locale: other } }).catch(() => undefined)
      }}
    >
      {otherLanguage}
    </Button>
  )
}
