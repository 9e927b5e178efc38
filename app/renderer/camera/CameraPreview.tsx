import { useEffect, useRef, type JSX } from 'react'
import { useStore } from 'zustand'
import { cameraPicture } from './camera-picture.ts'
import type { Outline } from './worker-messages.ts'
import './camera.css'

export function useCameraStream(): MediaStream | undefined {
  return useStore(cameraPicture, ({ stream }) => stream)
}

/** Somebody holds up a code that cannot be read. */
export function useNeedsHelp(): boolean {
  return useStore(cameraPicture, ({ needsHelp }) => needsHelp)
}

/** What the camera sees, as in a mirror, and an outline around the code it has found. */
export function CameraPreview({ stream }: { readonly stream: MediaStream }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const svg = useRef<SVGSVGElement>(null)

  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    element.srcObject = stream
    return () => {
      element.srcObject = null
    }
  }, [stream])
  // fifteen times a second: past React
  useEffect(() => {
    draw(svg.current, cameraPicture.getState().outline)
    return cameraPicture.subscribe(({ outline }, before) => {
      if (outline !== before.outline) draw(svg.current, outline)
    })
  }, [])

  return (
    <div className="camera-preview" aria-hidden="true">
      <video ref={video} autoPlay muted playsInline disablePictureInPicture />
      {/* cut to the box as the video is, and mirrored with it: corners stay in the camera's own pixels */}
      <svg ref={svg} preserveAspectRatio="xMidYMid slice">
        {/* dark under light: seen on white paper and in a dark hall */}
        <polygon className="casing" />
        <polygon className="line" />
      </svg>
    </div>
  )
}

function draw(svg: SVGSVGElement | null, outline: Outline | undefined): void {
  if (!svg) return
  const points = outline?.corners.map(({ x, y }) => `${x},${y}`).join(' ') ?? ''
  for (const polygon of svg.children) polygon.setAttribute('points', points)
  if (outline === undefined) return
  svg.setAttribute('viewBox', `0 0 ${outline.width} ${outline.height}`)
  svg.setAttribute('class', outline.ours ? 'ours' : 'foreign')
}
