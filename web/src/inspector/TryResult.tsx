import type { Tool } from '@volley/shared/flow/flow.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { FlaskConical } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { paths } from '../routes.ts'
import { CallResult } from '../trace/CallResult.tsx'
import { ConsoleLines } from '../trace/ConsoleLines.tsx'
import { duration } from '../trace/format.ts'
import { JsonBlock } from '../trace/JsonBlock.tsx'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Notice } from '../ui/Notice.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { toast } from '../ui/toast.tsx'
import { changeTool } from './edits.ts'
import { mockFault, mockOf } from './mockOf.ts'

/** What came of one try: how it ended and how long it took, its result or error, what it printed, what went over the wire. */
export function TryResult({
  tool,
  runId,
  call,
  isRunning,
}: {
  tool: Tool
  runId: string
  call: CallState
  isRunning: boolean
}) {
  const fault = useMemo(() => mockFault(call.result), [call.result])
  const lines = call.attempts.flatMap(({ console = [] }) => console)
  return (
    <section aria-label="What came of it" className="flex flex-col gap-3 border-t border-line pt-4">
      <p role="status" className="m-0 flex flex-wrap items-center gap-2">
        <Chip tone="status" data-status={call.status} icon={<StatusDot status={call.status} />}>
          {statusWord(call.status)}
        </Chip>
        {call.durationMs !== null && <span className="font-mono text-xs">{duration(call.durationMs)}</span>}
        {call.attempts.length > 1 && <span className="text-xs text-text-2">{call.attempts.length} tries</span>}
        {!isRunning && runId && (
          <a href={paths.run(runId)} className="ml-auto text-xs text-text-2 underline-offset-2 hover:text-text-1">
            as a run
          </a>
        )}
      </p>
      {call.error && (
        <Notice tone="failed">
          <code className="font-mono text-2xs">{call.error.code}</code> {call.error.message}
        </Notice>
      )}
      {call.status === 'succeeded' && (
        <>
          <Part title="Result">
            <CallResult call={call} label="Result of the try" />
          </Part>
          {fault === null ? (
            <Button
              size="sm"
              className="self-start"
              icon={<FlaskConical size={13} aria-hidden />}
              onClick={() => saveAsMock(tool, call)}
            >
              Save result as mock
            </Button>
          ) : (
            <p className="m-0 text-xs text-text-2">{fault}</p>
          )}
        </>
      )}
      {lines.length > 0 && (
        <Part title="Console">
          <ConsoleLines lines={lines} />
        </Part>
      )}
      {call.exchange && <Wire {...call.exchange} />}
    </section>
  )
}

/** The request as it went out and the answer as it came, secrets as `***`. */
function Wire({ request, answer }: NonNullable<CallState['exchange']>) {
  return (
    <>
      <Part title="Request">
        <JsonBlock
          label="Request"
          value={raw(`${request.method} ${request.url}`, request.headers, request.body?.text)}
        />
      </Part>
      {answer && (
        <Part title="Answer">
          <JsonBlock label="Answer" value={raw(String(answer.status), answer.headers, answer.body.text)} />
        </Part>
      )}
    </>
  )
}

function raw(first: string, headers: Record<string, string>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [first, ...lines, ...(body === '' ? [] : ['', body])].join('\n')
}

function saveAsMock(tool: Tool, call: CallState) {
  changeTool(tool.name, 'way to run', (one) => ({ ...one, run: mockOf(one, call) }))
  if (tool.run.kind === 'mock') toast.done('The mock has a case for these arguments now.')
  else toast.done(`“${tool.name}” answers with this result now.`, 'It is a mock. Undo brings back how it ran before.')
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">{title}</span>
      {children}
    </div>
  )
}
