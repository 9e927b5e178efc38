/** Runs in the page: all that moves is over, but the countdown stands at three tenths and what goes on for ever at its middle. */
export function holdStill(): void {
  for (const animation of document.getAnimations()) {
    const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null
    const ms = target?.closest<HTMLElement>('.countdown')?.dataset['ms']
    const { endTime, duration } = animation.effect?.getComputedTiming() ?? {}
    animation.pause()
    if (ms !== undefined) animation.currentTime = Number(ms) * 0.3
    else if (endTime === Number.POSITIVE_INFINITY) animation.currentTime = Number(duration) * 0.35
    else animation.currentTime = Math.min(Number(endTime), 1200)
  }
}
