import type { ModelEvent } from '../../engine/ports.ts'
import { createObjectScanner, type ObjectScanner, type ScanState } from './objectScanner.ts'

/** A call whose pieces are coming in. */
export interface OpenCall {
  id: string | null
  tool: string
  /** True once its arguments are known to be complete. */
  settled: boolean
  /** True once it was given to the reader. */
  given: boolean
  pieces: string[]
  scan: ObjectScanner
}

export interface CallQueue {
  /** A new call, behind all others of the message. */
  open(id: string | null, tool: string): OpenCall
  write(call: OpenCall, piece: string): ScanState
  /** Puts the whole arguments in place of the pieces so far. */
  rewrite(call: OpenCall, text: string): void
  textOf(call: OpenCall): string
  /** The calls that may be given now. */
  give(): ModelEvent[]
  /** The message ended: every call that is left, and those that went on after they had been given. */
  finish(isComplete: (call: OpenCall) => boolean): ModelEvent[]
  size(): number
}

/**
 * The calls of one message, given in the order in which the model began them: a model that counts its calls counts them so, and a
 * reference to call 1 must not land on another because that one's arguments closed first. So a call waits for those begun before it.
 */
export function createCallQueue(): CallQueue {
  const calls: OpenCall[] = []
  let next = 0
  const textOf = (call: OpenCall) => {
    if (call.pieces.length > 1) call.pieces = [call.pieces.join('')]
    return call.pieces[0] ?? ''
  }
  const given = (call: OpenCall, complete: boolean): ModelEvent => {
    call.given = true
    return { type: 'call', id: call.id, tool: call.tool, argumentsText: textOf(call), complete }
  }

  return {
    textOf,
    size: () => calls.length,
    open(id, tool) {
      const call: OpenCall = { id, tool, settled: false, given: false, pieces: [], scan: createObjectScanner() }
      calls.push(call)
      return call
    },
    write(call, piece) {
      if (piece !== '') call.pieces.push(piece)
      return call.scan.feed(piece)
    },
    rewrite(call, text) {
      call.pieces = [text]
      call.scan = createObjectScanner()
      call.scan.feed(text)
    },
    give() {
      const events: ModelEvent[] = []
      for (let call = calls[next]; call?.settled; call = calls[++next]) events.push(given(call, true))
      return events
    },
    finish(isComplete) {
      const before = next
      const events: ModelEvent[] = []
      for (let call = calls[next]; call; call = calls[++next])
        events.push(given(call, call.settled || isComplete(call)))
      for (const [at, call] of calls.slice(0, before).entries()) {
        // One that was no JSON when it was given is told of already.
        if (call.pieces.length > 1 && call.scan.state() === 'spoiled')
          events.push({ type: 'spoiled', call: at + 1, argumentsText: textOf(call) })
      }
      return events
    },
  }
}
