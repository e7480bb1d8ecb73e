import type { Exchange } from '@volley/shared/api.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { useEffect, useRef, useState } from 'react'
import { getExchanges, sentenceOf } from '../../api/client.ts'
import { useAnswer } from '../../api/useAnswer.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { RawText } from './RawText.tsx'

/** The requests to the model's provider and its answers, as they went over the wire. */
export function Requests({ run }: { run: RunState }) {
  const { loaded, reload } = useAnswer(run.id, (signal) => getExchanges(run.id, signal))
  const [chosen, setChosen] = useState('0')
  // Another message has come to its end, well or not.
  const ended = run.turns.reduce(
    (sum, { retries, messageFinishedAt }) => sum + retries.length + (messageFinishedAt === null ? 0 : 1),
    run.summary ? 1 : 0,
  )
  const seen = useRef(ended)
  useEffect(() => {
    if (seen.current !== ended) reload()
    seen.current = ended
  }, [ended, reload])
  if (loaded.is === 'loading') return <p className="m-0 p-4 text-xs text-text-2">Reading …</p>
  if (loaded.is === 'fault')
    return (
      <div className="flex flex-col items-start gap-2 p-4 text-xs text-text-2">
        The requests could not be read: {sentenceOf(loaded.fault)}
        <Button size="sm" onClick={reload}>
          Try again
        </Button>
      </div>
    )
  const { items } = loaded.value
  const exchange = items[Number(chosen)] ?? items[0]
  if (!exchange)
    return (
      <p className="m-0 p-4 text-xs text-text-2">
        Nothing is kept of what went to a model in this run: no model was asked, or it was recorded before this was
        kept.
      </p>
    )
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 text-xs">
        <Select
          aria-label="Which request"
          className="w-56!"
          value={chosen}
          options={items.map((one, at) => ({ value: String(at), label: nameOf(one, at, items) }))}
          onValue={setChosen}
        />
        <span className="min-w-0 flex-1 truncate font-mono text-text-2">
          {exchange.request.method} {exchange.request.url}
        </span>
        <span className="text-text-2">without keys and secrets</span>
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-2 grid-rows-1 max-[900px]:grid-cols-1 max-[900px]:grid-rows-2">
        <RawText title="Request" body={exchange.request.body} file={`${run.id}-turn-${exchange.turn}-request.json`} />
        {exchange.answer ? (
          <RawText
            title={`Answer, ${exchange.answer.status}`}
            body={exchange.answer.body}
            file={`${run.id}-turn-${exchange.turn}-answer.txt`}
          />
        ) : (
          <p className="m-0 border-l border-line p-3.5 text-xs text-text-2">Nothing came back.</p>
        )}
      </div>
    </div>
  )
}

/** `Turn 2`, `Turn 2, asked again`, and how it was answered where that was no success. */
function nameOf({ turn, answer }: Exchange, at: number, all: readonly Exchange[]): string {
  const again = all.findIndex((one) => one.turn === turn) < at ? ', asked again' : ''
  const how = answer === null ? ': no answer' : answer.status === 200 ? '' : `: ${answer.status}`
  return `Turn ${turn}${again}${how}`
}
