/** More than any server needs to tell of its progress, and little enough that other runs do not feel it. */
export const MOST_MESSAGES_A_SECOND = 2_000
/** Two of the largest messages there may be. */
export const MOST_BYTES_A_SECOND = 20 * 1024 * 1024
/** A burst may take a while; who sends more than can be read for so long does not stop by itself. */
export const MOST_CROWDED_SECONDS = 10

/** What is to be done after a part was read: go on, wait before the next one is read, or end the session. */
export type Passage = { is: 'free' } | { is: 'crowded'; pauseMs: number } | { is: 'flooded' }

export interface Traffic {
  read(messages: number, bytes: number, nowMs: number): Passage
}

/**
 * How much one server may say. Each message costs time that all runs share, and a flood of valid ones is as bad as one of nonsense: what
 * is beyond a second's measure waits for the next second, in the server's own pipe.
 */
export function createTraffic(): Traffic {
  let began = Number.NEGATIVE_INFINITY
  let messages = 0
  let bytes = 0
  let crowdedSeconds = 0
  const isCrowded = () => messages > MOST_MESSAGES_A_SECOND || bytes > MOST_BYTES_A_SECOND
  return {
    read(moreMessages, moreBytes, nowMs) {
      if (nowMs - began >= 1000) {
        // After a quiet second nothing is left of what was before.
        crowdedSeconds = isCrowded() && nowMs - began < 2000 ? crowdedSeconds + 1 : 0
        began = nowMs
        messages = 0
        bytes = 0
      }
      messages += moreMessages
      bytes += moreBytes
      if (!isCrowded()) return { is: 'free' }
      if (crowdedSeconds >= MOST_CROWDED_SECONDS) return { is: 'flooded' }
      return { is: 'crowded', pauseMs: Math.max(1, began + 1000 - nowMs) }
    },
  }
}

export const FLOODS = `floods this side with messages: more than ${MOST_MESSAGES_A_SECOND}, or 20 MB, each second for ${MOST_CROWDED_SECONDS} seconds`
