import { createRoot } from 'react-dom/client'
import { startCamera } from './camera/start-camera.ts'
import { FaultBoundary } from './FaultBoundary.tsx'
import { startHid } from './hid/start-hid.ts'
import { KioskScreen } from './KioskScreen.tsx'
import { showPointerOnlyWhenMoved } from './pointer.ts'
import { connectSetup } from './setup/setup-store.ts'
import { SetupGate } from './setup/SetupGate.tsx'
import { loadSounds } from './sounds.ts'
import { connectStore } from './store.ts'
import './style.css'

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

connectStore(window.kiosk)
connectSetup(window.kioskSetup)
startCamera(window.kiosk)
startHid(navigator.hid, window.kiosk)
loadSounds()
showPointerOnlyWhenMoved()
createRoot(root).render(
  <FaultBoundary>
    <SetupGate>
      <KioskScreen />
    </SetupGate>
  </FaultBoundary>,
)
// also after a crash or a reload: the main process answers with the current state
window.kiosk.ready()
