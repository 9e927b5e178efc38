/**
 * Calls back once the frame that holds the current page is on its way to the glass: requestAnimationFrame runs just before
 * that frame is painted, and the message posted there is answered by the first task after it.
 * Returns how to give up (the page changed again first).
 */
export function afterPaint(done: () => void): () => void {
  const channel = new MessageChannel()
  let wanted = true
  channel.port1.onmessage = () => {
    channel.port1.close()
    if (wanted) done()
  }
  requestAnimationFrame(() => channel.port2.postMessage(undefined))
  return () => {
    wanted = false
  }
}
