export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Not a number where there are none. */
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length
