import type { CodeProblem, ServerInfo } from '@volley/shared/api.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { checkCode } from '../api/code.ts'
import { useInfo } from '../api/useInfo.ts'
import { type ArgumentShape, argumentRows, argumentShape } from './argumentShape.ts'
import { changeTool, sealChange } from './edits.ts'

const SourceEditor = lazy(() => import('./SourceEditor.tsx'))

/** The source of a code tool: what it gets, where it is written, and what is wrong with it by line. */
export function CodeForm({ tool, source }: { tool: Tool; source: string }) {
  const problems = useProblemsOf(source)
  const shape = useMemo(() => argumentShape(tool.parameters), [tool.parameters])
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">
        Source <span className="font-normal text-text-3">a default export that takes the arguments</span>
      </span>
      <Suspense fallback={<div className="h-40 rounded-md border border-line bg-surface-2" />}>
        <SourceEditor
          label="Source"
          text={source}
          problems={problems ?? []}
          shape={shape}
          onText={(text) => changeTool(tool.name, 'run', (one) => ({ ...one, run: { kind: 'code', source: text } }))}
          onBlur={sealChange}
        />
      </Suspense>
      <SourceState problems={problems} />
      <Gets shape={shape} />
    </div>
  )
}

/** What is wrong with the source as it stands, asked a moment after the last key; null until that is known. */
function useProblemsOf(source: string): CodeProblem[] | null {
  const [problems, setProblems] = useState<CodeProblem[] | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void checkCode(source, stop.signal).then((answer) => {
        if (!stop.signal.aborted) setProblems(answer.ok ? answer.value.problems : null)
      })
    }, 350)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [source])
  return problems
}

function SourceState({ problems }: { problems: CodeProblem[] | null }) {
  if (problems === null) return null
  if (problems.length === 0)
    return (
      <p role="status" className="m-0 flex items-center gap-1.5 text-xs text-text-2">
        <CircleCheck size={13} aria-hidden className="text-succeeded-text" />
        It can be run.
      </p>
    )
  return (
    <ul role="alert" className="m-0 flex list-none flex-col gap-1 p-0 text-xs text-failed-text">
      {problems.map(({ line, column, message }) => (
        <li key={`${line}:${column} ${message}`} className="flex gap-1.5">
          <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
          <span>
            <span className="font-mono">Line {line}</span>: {message}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Beyond that a list helps nobody; the editor completes the rest. */
const MOST_ROWS = 30

const networkWords = (info: ServerInfo | null) =>
  info?.network.codeFetch ? 'and the network by fetch alone, as the server allows' : 'no network'

function Gets({ shape }: { shape: ArgumentShape }) {
  const rows = useMemo(() => argumentRows(shape).slice(0, MOST_ROWS), [shape])
  const info = useInfo()
  return (
    <div className="mt-2 flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">
        Arguments <span className="font-normal text-text-3">from the parameters</span>
      </span>
      {rows.length === 0 ? (
        <p className="m-0 text-xs text-text-2">None: add parameters under Definition, and they appear here.</p>
      ) : (
        <ul aria-label="Arguments of the source" className="m-0 flex list-none flex-col gap-1 p-0">
          {rows.map(({ path, type, isRequired, about }) => (
            <li key={path} className="flex items-baseline gap-2 text-xs">
              <code className="font-mono text-text-1">
                {path}
                {isRequired ? '' : '?'}
              </code>
              <span className="font-mono text-2xs text-running-text">{type}</span>
              <span className="min-w-0 truncate text-text-3">{about}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="m-0 text-xs text-text-3">
        It runs in a sandbox: no files, no environment, {networkWords(info)}. What{' '}
        <code className="font-mono">console.log</code> prints is kept with the call.
      </p>
    </div>
  )
}
