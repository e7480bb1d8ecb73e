import { randomBytes } from 'node:crypto'

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32, without i, l, o, u

/**
 * A new id of 26 characters: ten for the time in milliseconds, so that ids sort by it, and sixteen that carry 80 random bits, so that
 * knowing some ids tells nothing of another.
 */
export function newId(now: number = Date.now(), random: (size: number) => Uint8Array = randomBytes): string {
  let time = ''
  for (let left = now, digit = 0; digit < 10; digit++, left = Math.floor(left / 32)) time = DIGITS[left % 32] + time
  let chance = ''
  for (const byte of random(16)) chance += DIGITS[byte & 31]
  return time + chance
}
