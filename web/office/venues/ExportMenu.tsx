import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState, type JSX } from 'react'
import { VenueQuery } from '../../../contract/office/venue.ts'
import { registerTexts } from '../register/register-words.ts'
import { api, saveFile } from '../api.ts'
import { useLanguage, useWords } from '../language.tsx'
import { toast } from '../kit/problem-words.ts'
import { useTableState } from '../kit/table-state.ts'

const Filters = VenueQuery.pick({
  search: true,
  kind: true,
  branch: true,
  state: true,
  municipality: true,
  participant: true,
}).strip()

/** What the table shows now, all pages of it. */
export function ExportMenu(): JSX.Element {
  const { venues: words } = useWords(registerTexts)
  const { language } = useLanguage()
  const { query } = useTableState()
  const [busy, setBusy] = useState(false)
  const save = (format: 'xlsx' | 'csv'): void => {
    setBusy(true)
    api
      .exportVenues({ query: { ...Filters.catch({}).parse(query), format } })
      .then(saveFile, (thrown: unknown) => toast.failed(thrown, language))
      .finally(() => setBusy(false))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} />} loading={busy}>
          {words.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('xlsx')}>{words.exportXlsx}</Menu.Item>
        <Menu.Item onClick={() => save('csv')}>{words.exportCsv}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
