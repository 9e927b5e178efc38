import { createRoot } from 'react-dom/client'
import { startCamera } from './camera/start-camera.ts'
import { FaultBoundary } from './FaultBoundary.tsx'
import { KioskScreen } from './KioskScreen.tsx'
import { showPointerOnlyWhenMoved } from './pointer.ts'
import { loadSounds } from './sounds.ts'
import { connectStore } from './store.ts'
import './style.css'

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

connectStore(window.kiosk)
startCamera(window.kiosk)
loadSounds()
showPointerOnlyWhenMoved()
createRoot(root).render(
  <FaultBoundary>
    <KioskScreen />
  </FaultBoundary>,
)
// also after a crash or a reload: the main process answers with the current state
window.kiosk.ready()
