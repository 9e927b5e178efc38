export const LIMITS = {
  bytes: 10 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
} as const
