import type { FoundPort } from '../../preload/setup-api.ts'
import { scannerAt, type ListedPort } from '../readers/scanner-table.ts'

/** Serial ports there are, those of known scanners first. None where the system cannot list them. */
export async function foundPorts(list: () => Promise<readonly ListedPort[]>): Promise<readonly FoundPort[]> {
  const ports = await list().catch(() => [])
  return ports
    .map((port) => ({ path: port.path, scanner: scannerAt(port)?.name }))
    .toSorted((one, other) => Number(!one.scanner) - Number(!other.scanner) || one.path.localeCompare(other.path))
}
