import type { Heartbeat } from '../../contract/kiosk/devices.ts'

/** Of a terminal that is well. */
export const someHeartbeat = (now: Date, change: Partial<Heartbeat> = {}): Heartbeat => ({
  seq: 1,
  startedAt: new Date(now.getTime() - 3600_000).toISOString(),
  version: '1.2.0',
  runtime: 'Electron 45.4.1, Node 24.1.0, linux 6.12',
  mode: 'self-service',
  queue: { waiting: 0, dead: 0, fill: 0, last: 12 },
  unrecorded: 0,
  denyList: { epoch: 1, version: 4, confirmedAt: new Date(now.getTime() - 60_000).toISOString() },
  keySet: 1,
  config: 7,
  clock: { offset: 12, uncertainty: 5, trust: 'good' },
  readers: [{ kind: 'camera', name: 'HD Webcam', live: true }],
  disk: 0.4,
  warnings: [],
  ...change,
})
