import { ApiProblem } from './problems.ts'

/** Open streams of one run, and of all: a page needs one, and each is written to with every event. */
export const MOST_OF_RUN = 250
const MOST_IN_ALL = 2_000

/** Counts streams from the first page that is read to the end, by whomever; one that nobody reads does not count. */
export function createOpenStreams() {
  const ofRuns = new Map<string, number>()
  let inAll = 0
  return {
    /** Refuses a stream when there are too many. */
    check(runId: string): void {
      const ofRun = ofRuns.get(runId) ?? 0
      if (ofRun < MOST_OF_RUN && inAll < MOST_IN_ALL) return
      throw new ApiProblem(
        'too_many_requests',
        `${ofRun} event streams of this run are open, and ${inAll} in all; ${MOST_OF_RUN} and ${MOST_IN_ALL} are the most. Close some first.`,
      )
    },
    async *counted<Page>(runId: string, pages: AsyncIterable<Page>): AsyncGenerator<Page, void, undefined> {
      ofRuns.set(runId, (ofRuns.get(runId) ?? 0) + 1)
      inAll++
      try {
        yield* pages
      } finally {
        const left = (ofRuns.get(runId) ?? 1) - 1
        if (left === 0) ofRuns.delete(runId)
        else ofRuns.set(runId, left)
        inAll--
      }
    },
  }
}
