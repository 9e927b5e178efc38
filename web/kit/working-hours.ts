/** Hours of a working day. */
const DAY = 9

/** Working days in so many hours: of those left, today is not one; of those gone, only whole ones. */
export const wholeDays = (hours: number): number =>
  hours > 0 ? Math.floor((hours - 1) / DAY) : Math.floor(-hours / DAY)
