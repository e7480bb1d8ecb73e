/** Work that is done again and again, never twice at a time; what fails is told, and tried the next time. */
export interface Repeated {
  /** It is not begun any more. Resolves when none is under way. */
  stop(): Promise<void>
}

export function every(ms: number, work: () => Promise<unknown>, onFault: (fault: unknown) => void): Repeated {
  let working: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    working = working.then(work).catch(onFault)
  }, ms)
  return {
    async stop() {
      clearInterval(timer)
      await working
    },
  }
}
