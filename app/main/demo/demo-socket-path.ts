import path from 'node:path'

/** Where a running demonstration listens, given the kiosk's data folder. */
export const demoSocketPath = (dataFolder: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\dopusk-demo-${path.basename(path.dirname(dataFolder))}`
    : path.join(dataFolder, 'demo.sock')
