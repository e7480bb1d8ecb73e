import { isDeepStrictEqual } from 'node:util'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import type { RunEvent, RunEventOf } from '@volley/shared/run/events.ts'
import { expectedWaits, type LoggedCall } from './expectedWaits.ts'

/**
 * What is wrong with the log of one run: what must be true of every log whatever happened to the run, its server or its model, as
 * sentences; none for a sound one. `isWhole` false is for a run that has not ended yet.
 */
export function logFaults(events: readonly RunEvent[], flow: Flow, { isWhole = true } = {}): string[] {
  const faults: string[] = []
  const reader = createLogReader(flow, (fault) => faults.push(fault))
  events.forEach((event, index) => {
    const before = events[index - 1]
    if (event.seq !== index + 1) faults.push(`event ${event.seq} stands where number ${index + 1} belongs`)
    if (before && event.at < before.at) faults.push(`event ${event.seq} is earlier than the one before it`)
    if ((event.type === 'run.started') !== (index === 0)) faults.push(`event ${event.seq} is ${event.type}`)
    if (before?.type === 'run.finished') faults.push(`event ${event.seq} comes after the end of the run`)
    reader.read(event)
  })
  if (isWhole && events.at(-1)?.type !== 'run.finished') faults.push('the run has no end')
  return faults
}

/** One call while its log is read. */
interface Seen extends LoggedCall {
  turn: number
  attempts: number
  isApproved: boolean
  isTakenBack: boolean
  end: RunEventOf<'call.succeeded' | 'call.failed' | 'call.skipped' | 'call.cancelled'> | null
}

interface SeenTurn {
  number: number
  message: RunEventOf<'message.finished'> | null
  isFinished: boolean
  volley: Seen[]
}

function createLogReader(flow: Flow, report: (fault: string) => void) {
  const tools = new Map(flow.tools.map((tool) => [tool.name, tool]))
  const calls: Seen[] = []
  const turns: SeenTurn[] = []
  let visible: Seen[] = []
  let usage = { inputTokens: 0, outputTokens: 0 }

  const openTurn = (event: RunEvent & { turn: number }): SeenTurn | undefined => {
    const turn = turns.at(-1)
    if (turn?.number === event.turn && !turn.isFinished) return turn
    report(`event ${event.seq}, ${event.type}, belongs to turn ${event.turn}, which is not open`)
    return undefined
  }
  const openCall = (event: RunEvent & { call: number }): Seen | undefined => {
    const call = calls[event.call - 1]
    if (!call) report(`event ${event.seq}, ${event.type}, is about call ${event.call}, which was never emitted`)
    else if (call.end) report(`event ${event.seq}, ${event.type}, comes after the end of call ${event.call}`)
    else return call
    return undefined
  }

  const emitted = (event: RunEventOf<'call.emitted'>) => {
    const turn = openTurn(event)
    if (event.call !== calls.length + 1) report(`call ${event.call} was emitted as the ${calls.length + 1}th`)
    if (!turn) return
    if (turn.message) report(`call ${event.call} was emitted after its message had ended`)
    const [before, place] = [visible, turn.volley.length]
    const call: Seen = {
      call: event.call,
      tool: event.tool,
      arguments: event.arguments,
      volley: turn.volley,
      visible: () => [...before, ...turn.volley.slice(0, place)],
      turn: event.turn,
      attempts: 0,
      isApproved: false,
      isTakenBack: false,
      end: null,
    }
    calls.push(call)
    turn.volley.push(call)
  }

  const started = (event: RunEventOf<'call.started'>) => {
    const call = openCall(event)
    if (!call) return
    const name = `call ${call.call} (${call.tool})`
    const tool = tools.get(call.tool)
    const turn = turns[call.turn - 1]
    if (event.attempt !== ++call.attempts) report(`${name} began attempt ${event.attempt} as its ${call.attempts}th`)
    if (!tool) return report(`${name} started although there is no such tool`)
    if (tool.policy?.approval === 'always' && !call.isApproved) report(`${name} started without approval`)
    if (call.attempts > 1) {
      if (!isHinted(tool)) report(`${name} started again although nothing says that it may be repeated`)
      return
    }
    if (call.isTakenBack) report(`${name} started although its message had broken off`)
    const { stopReason } = turn?.message ?? {}
    if (!isHinted(tool) && (stopReason === undefined || CUT.includes(stopReason)))
      report(`${name} started before its message had ended well`)
    for (const other of expectedWaits(call, flow))
      if (!calls[other - 1]?.end) report(`${name} started before call ${other}, which it waits for, had ended`)
  }

  const ended = (event: NonNullable<Seen['end']>) => {
    const call = openCall(event)
    if (!call) return
    call.end = event
    const name = `call ${call.call} (${call.tool})`
    if (event.type === 'call.skipped') {
      const cause = calls[(event.error.call ?? 0) - 1]
      if (!cause?.end || cause.end.type === 'call.succeeded') report(`${name} was skipped for no call that failed`)
      if (call.attempts > 0) report(`${name} was skipped after it had started`)
    }
    if (event.type !== 'call.succeeded') return
    const source = event.adoptedFrom ?? event.coalescedWith
    if (source === undefined) {
      if (call.attempts === 0) report(`${name} succeeded without having run`)
      return
    }
    const other = calls[source - 1]
    if (call.attempts > 0) report(`${name} ran although it took over the result of call ${source}`)
    if (other?.tool !== call.tool || other.end?.type !== 'call.succeeded')
      report(`${name} took over the result of call ${source}, which is none of its own`)
    else if (!isDeepStrictEqual(other.end.result, event.result))
      report(`${name} has another result than call ${source}`)
  }

  const finished = (event: RunEventOf<'run.finished'>) => {
    for (const call of calls) if (!call.end) report(`call ${call.call} has no end`)
    const count = (type: string) => calls.filter((call) => call.end?.type === `call.${type}`).length
    const counts = {
      total: calls.length,
      succeeded: count('succeeded'),
      failed: count('failed'),
      skipped: count('skipped'),
      cancelled: count('cancelled'),
    }
    if (!isDeepStrictEqual(event.summary.calls, counts))
      report(`the summary counts ${JSON.stringify(event.summary.calls)}, the log ${JSON.stringify(counts)}`)
    const { inputTokens, outputTokens } = event.usage
    if (!isDeepStrictEqual({ inputTokens, outputTokens }, usage)) report('the usage is not the sum of the turns')
    if (event.status === 'succeeded' && turns.some((turn) => !turn.isFinished))
      report('the run succeeded with a turn that never finished')
    if (event.status === 'failed' && !event.error) report('the run failed without a reason')
  }

  return {
    read(event: RunEvent) {
      switch (event.type) {
        case 'turn.started':
          if (event.turn !== turns.length + 1) report(`turn ${event.turn} began as the ${turns.length + 1}th`)
          if (turns.at(-1)?.isFinished === false) report(`turn ${event.turn} began before the one before it had ended`)
          turns.push({ number: event.turn, message: null, isFinished: false, volley: [] })
          return
        case 'turn.retrying': {
          const turn = openTurn(event)
          if (!turn) return
          if (turn.message) report(`turn ${event.turn} was asked again after its message had ended`)
          for (const call of turn.volley) {
            if (!call.end && call.attempts === 0) report(`call ${call.call} was left over from a broken message`)
            call.isTakenBack = true
          }
          turn.volley = []
          return
        }
        case 'text.delta':
          if (openTurn(event)?.message) report(`text came after the message of turn ${event.turn} had ended`)
          return
        case 'call.emitted':
          return emitted(event)
        case 'call.waiting':
          if (openCall(event))
            for (const other of event.waitsFor)
              if (calls[other - 1]?.end !== null) report(`call ${event.call} waits for call ${other}, which had ended`)
          return
        case 'call.awaiting_approval':
          openCall(event)
          return
        case 'call.approved': {
          const call = openCall(event)
          if (call) call.isApproved = true
          return
        }
        case 'call.started':
          return started(event)
        case 'call.retrying':
          if (openCall(event)?.attempts !== event.attempt) report(`call ${event.call} retries what it did not try`)
          return
        case 'call.succeeded':
        case 'call.failed':
        case 'call.skipped':
        case 'call.cancelled':
          return ended(event)
        case 'message.finished': {
          const turn = openTurn(event)
          if (turn?.message) report(`the message of turn ${event.turn} ended twice`)
          if (turn) turn.message = event
          usage = {
            inputTokens: usage.inputTokens + event.usage.inputTokens,
            outputTokens: usage.outputTokens + event.usage.outputTokens,
          }
          return
        }
        case 'turn.finished': {
          const turn = openTurn(event)
          if (!turn) return
          if (!turn.message) report(`turn ${event.turn} finished without a message`)
          // Calls of broken tries may go on for a while: nobody waits for them but the end of the run.
          for (const call of turn.volley) if (!call.end) report(`turn ${event.turn} finished before call ${call.call}`)
          turn.isFinished = true
          visible = [...visible, ...turn.volley]
          return
        }
        case 'run.finished':
          return finished(event)
        default:
          return
      }
    },
  }
}

const CUT = ['length', 'filter', 'refusal']

function isHinted({ annotations }: Tool): boolean {
  return annotations?.readOnlyHint === true || annotations?.idempotentHint === true
}
