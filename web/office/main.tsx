/**
 * The office and the cabinet: one application of pages for all who sign in.
 *
 * To add a page:
 *  1. its endpoints: a line each in contract/office/<feature>.ts, MAY_CALL in contract/office/may-call.ts, the handlers;
 *  2. its words: web/office/<feature>/<feature>-words.ts, `texts({ ru: {…}, en: {…} })`; its title in shell/nav-words.ts;
 *  3. the page: web/office/<feature>/<Name>Page.tsx, a default export that begins with <PageFrame title=…>;
 *  4. its line in pages.ts: who may call `needs` sees it; with an icon it is in the menu.
 *
 * In a page: `useWords(peopleTexts)` for words; `api.people({ query })` for the server, typed from the contract, inside
 * `useQuery` or <DataTable> (sorts, filters and pages on the server, state in the address); `useContractForm` for forms
 * (fields are checked with the route's own schema and marked with what the server refuses); <StateWord is="wait"> for
 * states; <Empty> where there is nothing yet; `toast.done` after a deed; `toast.failed(error, language)` when it failed.
 * After a change: `queryClient.invalidateQueries({ queryKey: [name of the table] })`.
 * A schema's own messages are codes in kebab-case, like problem codes; their words are in kit/field-words.ts.
 */
import '@fontsource-variable/golos-text/index.css'
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/charts/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import 'mantine-datatable/styles.layer.css'
import './style.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Office } from './Office.tsx'

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <Office />
  </StrictMode>,
)
