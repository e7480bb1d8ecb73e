import type { ReactNode } from 'react'
import { sentenceOf } from '../api/client.ts'
import type { Loaded } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'

/** What was asked for, once it is there; else that it comes, or why it does not. `what` begins a sentence: "The messages". */
export function WhenLoaded<Value>({
  what,
  loaded,
  reload,
  children,
}: {
  what: string
  loaded: Loaded<Value>
  reload(): void
  children(value: Value): ReactNode
}) {
  switch (loaded.is) {
    case 'loading':
      return <p className="m-0 p-4 text-xs text-text-2">Reading …</p>
    case 'fault':
      return (
        <div className="flex flex-col items-start gap-2 p-4 text-xs text-text-2">
          {what} could not be read: {sentenceOf(loaded.fault)}
          <Button size="sm" onClick={reload}>
            Try again
          </Button>
        </div>
      )
    case 'there':
      return children(loaded.value)
  }
}
