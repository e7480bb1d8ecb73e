import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { resultChars } from '@volley/shared/run/content.ts'
import { heldWords } from '@volley/shared/run/heldBy.ts'
import type { CallState, RunState, TurnState } from '@volley/shared/run/state.ts'
import { argumentSources } from '@volley/shared/trace/argumentSources.ts'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import type { Chosen } from '../state/traceStore.ts'
import { Chip } from '../ui/Chip.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { CallResult } from './CallResult.tsx'
import { ConsoleLines } from './ConsoleLines.tsx'
import { CallCopies } from './calls/CallCopies.tsx'
import { CallSources } from './calls/CallSources.tsx'
import { useKnown } from './chart/useKnown.ts'
import { counted, duration, numbered } from './format.ts'
import { JsonBlock } from './JsonBlock.tsx'
import { Prose } from './Prose.tsx'
import { type CallFact, placeFacts } from './placeFacts.ts'
import { callFault } from './words.ts'

/** One call or turn, whole: a sheet over the right side of the trace. Escape closes it. */
export function TraceDetail({
  run,
  flow,
  chosen,
  onChoose,
  onClose,
}: {
  run: RunState
  /** The document that ran, where it is known. */
  flow: Flow | null
  chosen: Chosen
  onChoose(chosen: Chosen): void
  onClose(): void
}) {
  const sheet = useRef<HTMLElement>(null)
  const call = chosen.kind === 'call' ? run.calls[chosen.call - 1] : undefined
  const turn = chosen.kind === 'turn' ? run.turns[chosen.turn - 1] : undefined
  const key = chosen.kind === 'call' ? chosen.call : `turn ${chosen.turn}`
  // The focus goes into the sheet, and back where it was when the sheet closes.
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice moves the focus again.
  useEffect(() => sheet.current?.focus({ preventScroll: true }), [key])
  const isCall = chosen.kind === 'call'
  return (
    <aside
      ref={sheet}
      tabIndex={-1}
      aria-label={isCall ? `Call ${chosen.call}` : `Turn ${chosen.turn}`}
      className="fade absolute inset-y-0 right-0 z-20 flex w-[min(420px,100%)] flex-col border-l border-line-strong bg-surface-1 shadow-float outline-none!"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h3 className="min-w-0 truncate font-mono text-sm font-semibold">
          {isCall ? `#${chosen.call} ${call?.tool ?? ''}` : `turn ${chosen.turn}`}
        </h3>
        {call && (
          <Chip tone="status" data-status={call.status} icon={<StatusDot status={call.status} />}>
            {statusWord(call.status)}
          </Chip>
        )}
        <IconButton label="Close" icon={<X size={15} />} className="ml-auto" onClick={onClose} />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3">
        {call && <CallFacts {...{ run, flow, call }} onChoose={(other) => onChoose({ kind: 'call', call: other })} />}
        {turn && <TurnFacts turn={turn} />}
        {!call && !turn && (
          <p className="m-0 text-xs text-text-2">
            {isCall ? 'The model had not asked for this call yet.' : 'This turn had not begun yet.'}
          </p>
        )}
      </div>
    </aside>
  )
}

function CallFacts({
  run,
  flow,
  call,
  onChoose,
}: {
  run: RunState
  flow: Flow | null
  call: CallState
  onChoose(call: number): void
}) {
  const known = useKnown(run)
  const tool = flow?.tools.find(({ name }) => name === call.tool)
  const sources = flow ? argumentSources(run, flow, call) : []
  const fault = callFault(call)
  const lines = call.attempts.flatMap(({ console = [] }) => console)
  const isResolved = call.arguments !== null && !isEqualJson(call.arguments, call.emittedArguments)
  return (
    <>
      {fault && (
        <p className="m-0 rounded-md border border-failed/40 bg-failed/10 px-2.5 py-2 text-xs text-text-1">
          This call {fault}
        </p>
      )}
      <Facts
        facts={[
          ['Turn', String(call.turn)],
          ['Asked for', `at ${duration(call.emittedAt)}`],
          ['Started', startedWords(call)],
          ['Took', call.durationMs === null ? 'not ended' : duration(call.durationMs)],
          ['Waited for', call.waitsFor.length > 0 ? numbered(call.waitsFor, 12) : 'no other call'],
          ...placeFacts(call, known),
          ...(call.progress === undefined ? [] : ([['Tells', progressWords(call.progress)]] as CallFact[])),
          ...(call.coalescedWith === undefined ? [] : ([['Shared with', `#${call.coalescedWith}`]] as CallFact[])),
          ...(call.adoptedFrom === undefined ? [] : ([['Taken over from', `#${call.adoptedFrom}`]] as CallFact[])),
        ]}
      />
      <Part title={isResolved ? 'Arguments, as the model sent them' : 'Arguments'}>
        <JsonBlock value={call.emittedArguments} label="Arguments" />
      </Part>
      {isResolved && (
        <Part title="Arguments, with their references filled in">
          <JsonBlock value={call.arguments} label="Resolved arguments" />
        </Part>
      )}
      {sources.length > 0 && (
        <Part title="Taken from other calls">
          <CallSources sources={sources} toolOf={(number) => run.calls[number - 1]?.tool ?? ''} onChoose={onChoose} />
        </Part>
      )}
      {call.status === 'succeeded' && (
        <Part title={`Result, ${sizeWords(call, tool)}`}>
          <CallResult key={call.call} call={call} label="Result" />
        </Part>
      )}
      {lines.length > 0 && (
        <Part title="Console">
          <ConsoleLines lines={lines} />
        </Part>
      )}
      {call.nested && (
        <Link href={paths.run(call.nested)} className="self-start text-xs text-running-text">
          The run of the other flow
        </Link>
      )}
      {call.attempts.length > 1 && (
        <Part title="Attempts">
          <ol className="m-0 flex list-none flex-col gap-1 p-0 text-xs">
            {call.attempts.map((attempt) => (
              <li key={attempt.attempt} className="flex gap-2">
                <span className="font-mono text-text-3">{attempt.attempt}</span>
                <span className="font-mono">
                  {attempt.finishedAt === null
                    ? 'goes on'
                    : duration(Math.max(0, attempt.finishedAt - attempt.startedAt))}
                </span>
                <span className="text-text-2">{attempt.error?.message ?? ''}</span>
              </li>
            ))}
          </ol>
        </Part>
      )}
      <CallCopies run={run} call={call} isHttp={tool?.run.kind === 'http'} />
    </>
  )
}

/** `1,204 letters`, and how many of them the model was not shown. */
function sizeWords(call: CallState, tool: Tool | undefined): string {
  const chars = resultChars(call)
  const cut = tool ? chars - policyOf(tool).maxResultChars : 0
  return `${chars.toLocaleString('en')} letters${cut > 0 ? `; the model was not shown the last ${cut.toLocaleString('en')}` : ''}`
}

/** `fetching pages (3 of 10)` */
function progressWords({ message = '', progress, total }: NonNullable<CallState['progress']>): string {
  if (progress === undefined) return message
  const count = total === undefined ? String(progress) : `${progress} of ${total}`
  return message === '' ? count : `${message} (${count})`
}

function startedWords(call: CallState): string {
  if (call.startedAt === null) return 'not at all'
  const early = call.eager ? ', while the model still wrote' : ''
  return `at ${duration(call.startedAt)}${early}`
}

function TurnFacts({ turn }: { turn: TurnState }) {
  const to = turn.messageFinishedAt
  return (
    <>
      <Facts
        facts={[
          ['Model', to === null ? 'still writes' : duration(to - turn.startedAt)],
          ['Made', counted(turn.calls.length, 'call')],
          ['Tokens', `${turn.usage.inputTokens} in, ${turn.usage.outputTokens} out`],
          ['Ended by', turn.stopReason ?? 'not ended'],
        ]}
      />
      {turn.retries.map((retry) => (
        <p key={retry.attempt} className="m-0 rounded-md border border-waiting/40 bg-waiting/10 px-2.5 py-2 text-xs">
          Asked again: {retry.error.message}
        </p>
      ))}
      {turn.heldBy?.map(({ limit, at, to: until }) => (
        <p key={at} className="m-0 rounded-md border border-waiting/40 bg-waiting/10 px-2.5 py-2 text-xs">
          Queued {until === null ? '' : `for ${duration(until - at)}`}: {heldWords(limit)}
        </p>
      ))}
      {turn.text !== '' && (
        <Part title="Text">
          <Prose text={turn.text} />
        </Part>
      )}
    </>
  )
}

function Facts({ facts }: { facts: CallFact[] }) {
  return (
    <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-text-3">{name}</dt>
          <dd className="m-0 text-text-1">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <SectionTitle>{title}</SectionTitle>
      {children}
    </section>
  )
}
