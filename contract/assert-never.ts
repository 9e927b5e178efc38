/** Ends every switch over a union, so that a new member is a compile error. @throws when reached at run time. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
