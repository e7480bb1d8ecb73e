import { jsonLength } from '@volley/shared/lib/jsonSize.ts'

// How much work a value may make for its schema. Schemas come with flows and values from models, and a few lines of either can ask for
// hours: two references back to the whole double with each level of a value, a list is compared with a list. So a validator counts what
// it does, and stops. Counted is what is done, not what could be: a large value under a plain schema costs little.

/** What any value may cost: a schema with a thousand choices, on a small value, stays far below. About 20 ms. */
const STEPS = 2_000_000
/** And for each character of the value: a list under twenty choices costs half of that. */
const STEPS_PER_CHARACTER = 200
/** And no value more than this, about half a second. */
const MOST_STEPS = 50_000_000

/** A fault that is found takes so much longer than a condition that is asked. */
const STEPS_PER_FAULT = 20

/** Thrown by a validator that has used up its work. */
export class TooMuchWork extends Error {
  override name = 'TooMuchWork'
}

export interface Work {
  /** From now on there is as much to use as this value may cost. */
  begin(value: unknown): void
  /** Uses some. Throws `TooMuchWork` when there is no more. */
  use(steps: number): void
}

export function createWork(): Work {
  let left = 0
  return {
    begin(value) {
      const length = jsonLength(value, MOST_STEPS / STEPS_PER_CHARACTER)
      left = Math.min(STEPS + length * STEPS_PER_CHARACTER, MOST_STEPS)
    },
    use(steps) {
      left -= steps
      if (left < 0) throw new TooMuchWork()
    },
  }
}

/** A text in double quotes, which is left alone, or a place where a generated validator decides, goes round, or finds a fault. */
const PLACES = /"(?:[^"\\]|\\.)*"|\bif\(|\bfor\([^{}"]*\)\{|\berrors\+\+;|\|\|/g

/**
 * The code of a generated validator, made to count: each condition, each round of a loop and each alternative is one step, each fault
 * several. `self.work` is the counter.
 */
export function countingCode(code: string): string {
  const counted = code.replace(PLACES, (place) => {
    if (place.startsWith('"')) return place
    if (place === 'if(') return 'if(step(),'
    if (place === '||') return '||step()||'
    return place === 'errors++;' ? `errors++;work.use(${STEPS_PER_FAULT});` : `${place}step();`
  })
  return `const work = self.work; const step = () => { work.use(1) };${counted}`
}
