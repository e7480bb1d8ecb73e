import type { RunEvent, RunFact } from '@volley/shared/run/events.ts'
import { applyRunEvents, type RunState } from '@volley/shared/run/state.ts'
import { checkFactSize } from './factSize.ts'
import { keepAll } from './keepAll.ts'
import { type Clock, type EventLog, PassingFault, type Redactor } from './ports.ts'

// The one writer of a run's log. Invariants:
// 1. Facts get their numbers in the order they are written, without a gap; times never fall.
// 2. What is written in one tick goes to the store in one piece, and in order.
// 3. A store that cannot write (a full disk) holds the run back: the same events are offered again until it can, or the run is let go;
//    then once more, so that a server that stops in good order loses nothing it knows.
// 4. What a store will never take is not offered again: a fact beyond all size is refused when it is written, and after a fault of our
//    own the run is let go.

export interface Journal {
  /** The run as all facts written so far tell it. */
  readonly run: RunState
  /** Adds a fact; gives it as it was written, without secrets. Throws `FactRefused` for one beyond all size. */
  write<Fact extends RunFact>(fact: Fact): Fact
  /** Calls back right before each piece is handed to the store: what only matters in its newest form is written then, once. */
  beforeSend(write: () => void): void
  /** Milliseconds since the run began, now. */
  elapsed(): number
  /** Resolves when everything written so far is durable; never, once the journal was let go. */
  stored(): Promise<void>
  /** Gives the run up without ending it: nothing new is written. Resolves when what was written before is durable or cannot be. */
  letGo(): Promise<void>
}

const RETRY_MS = 1_000
/** No text of the message follows these. */
const ENDS_TEXT: RunFact['type'][] = [
  'turn.started',
  'turn.retrying',
  'message.finished',
  'turn.finished',
  'run.finished',
]

export interface JournalOptions {
  log: EventLog
  runId: string
  clock: Clock
  /** The run as its stored events tell it; at least its first event is stored. */
  run: RunState
  /** When the run began, on the clock; for a run taken up again its last known time counts as now. */
  began: number
  redactor?: Redactor
  /** The names that the flow's document itself gives: see the redactor. */
  own?: ReadonlySet<string>
  /** Told once per piece that could not be stored. */
  onFault: (fault: unknown) => void
  /** Told when a piece can never be stored: the run cannot go on here. */
  onBroken?: () => void
}

export function createJournal({
  log,
  runId,
  clock,
  run: stored,
  began,
  redactor = keepAll,
  own = new Set(),
  onFault,
  onBroken = () => {},
}: JournalOptions): Journal {
  let run = stored
  let { lastSeq: seq, at } = run
  let storedSeq = seq
  let isLetGo = false
  let sending: Promise<void> | null = null
  let wakeUp = () => {}
  /** Written, not yet folded into `run`. */
  let unapplied: RunEvent[] = []
  /** Written, not yet handed to the store. */
  let unsent: RunEvent[] = []
  const text = redactor.stream()
  /** The turn whose text may still be held back. */
  let textTurn = 0
  const latecomers: (() => void)[] = []
  let waiters: { seq: number; resolve: () => void }[] = []

  const state = () => {
    if (unapplied.length > 0) {
      run = applyRunEvents(run, unapplied)
      unapplied = []
    }
    return run
  }

  const send = async () => {
    while (unsent.length > 0) {
      for (const tell of latecomers) tell()
      const events = unsent
      const { status } = state()
      unsent = []
      if (!(await offer(events, status))) {
        unsent = []
        return
      }
      storedSeq = (events.at(-1) as RunEvent).seq
      const reached = waiters.filter((waiter) => waiter.seq <= storedSeq)
      waiters = waiters.filter((waiter) => waiter.seq > storedSeq)
      for (const waiter of reached) waiter.resolve()
    }
  }

  const offer = async (events: readonly RunEvent[], status: RunState['status']) => {
    for (let tries = 0; ; tries++) {
      const isLast = isLetGo
      try {
        await log.append(runId, events, status)
        return true
      } catch (fault) {
        if (tries === 0) onFault(fault)
        if (isLast) return false
        if (!(fault instanceof PassingFault)) {
          isLetGo = true
          onBroken()
          return false
        }
        if (!isLetGo) await pause()
      }
    }
  }

  const pause = () =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(RETRY_MS, resolve)
      wakeUp = () => {
        cancel()
        resolve()
      }
    })

  const schedule = () => {
    sending ??= Promise.resolve()
      .then(send)
      .finally(() => {
        sending = null
        // Written while the last piece's readers were told.
        if (unsent.length > 0) schedule()
      })
  }

  const add = (fact: RunFact) => {
    at = Math.max(at, Math.round((clock.now() - began) * 100) / 100)
    const last = unapplied.at(-1)
    if (
      fact.type === 'text.delta' &&
      last?.type === 'text.delta' &&
      last.turn === fact.turn &&
      unsent.at(-1) === last
    ) {
      last.text += fact.text
      return
    }
    const event: RunEvent = { seq: ++seq, at, ...fact }
    unapplied.push(event)
    unsent.push(event)
    schedule()
  }

  return {
    get run() {
      return state()
    },
    write(fact) {
      if (isLetGo) return fact
      checkFactSize(fact)
      if (fact.type === 'text.delta') {
        textTurn = fact.turn
        const safe = text.push(fact.text)
        if (safe !== '') add({ ...fact, text: safe })
        return fact
      }
      if (ENDS_TEXT.includes(fact.type)) {
        const rest = text.end()
        if (rest !== '') add({ type: 'text.delta', turn: textTurn, text: rest })
      }
      const written = redactor.fact(fact, own)
      add(written)
      return written
    },
    beforeSend: (tell) => {
      latecomers.push(tell)
    },
    elapsed: () => clock.now() - began,
    stored: () =>
      seq === storedSeq && !isLetGo
        ? Promise.resolve()
        : new Promise((resolve) => {
            if (!isLetGo) waiters.push({ seq, resolve })
          }),
    async letGo() {
      isLetGo = true
      wakeUp()
      await sending
    },
  }
}
