/** Whole working days, of nine hours, in so many hours. */
export const wholeDays = (hours: number): number => Math.floor(Math.abs(hours) / 9)
