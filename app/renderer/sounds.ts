/** Four sounds that differ in pitch and in rhythm, so that a hall's noise or a poor ear leaves one of the two. */
import checkUrl from '../../resources/sounds/check.wav'
import deniedUrl from '../../resources/sounds/denied.wav'
import grantedUrl from '../../resources/sounds/granted.wav'
import unreadableUrl from '../../resources/sounds/unreadable.wav'

export type SoundName = 'granted' | 'denied' | 'check' | 'unreadable'

const URLS: Readonly<Record<SoundName, string>> = {
  granted: grantedUrl,
  denied: deniedUrl,
  check: checkUrl,
  unreadable: unreadableUrl,
}

const players = new Map<SoundName, HTMLAudioElement>()

/** Reads the files ahead, so that the first visitor hears no delay. */
export function loadSounds(): void {
  for (const name of ['granted', 'denied', 'check', 'unreadable'] as const) {
    const player = new Audio(URLS[name])
    player.preload = 'auto'
    players.set(name, player)
  }
}

/** Stops the sound before it. Never throws: a kiosk without an audio device says everything by colour, shape and word. */
export function playSound(name: SoundName): void {
  for (const player of players.values()) player.pause()
  const player = players.get(name)
  if (player === undefined) return
  player.currentTime = 0
  // refused without an audio device, cut short by the next scan: the screen has said the same in three other ways
  player.play().catch(() => {})
}
