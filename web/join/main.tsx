/** @jsxImportSource preact */
/** The application of a venue: a light page for whoever has a phone and five minutes. Preact, no component library. */
import './style.css'
import { render } from 'preact'
import { Join } from './Join.tsx'

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
render(<Join />, root)

// the typeface follows when the words are there; until then the system's own
void import('./font.ts')
