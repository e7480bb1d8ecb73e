import { contentOf } from '@volley/shared/run/content.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { FileText, Paperclip } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { JsonBlock } from './JsonBlock.tsx'
import { type Piece, piecesOf } from './pieces.ts'

/** What a call gave: its data, or its words, pictures and files as what they are, with the raw JSON one click away. */
export function CallResult({ call, label }: { call: CallState; label: string }) {
  const pieces = useMemo(() => {
    const content = contentOf(call)
    return content && piecesOf(content)
  }, [call])
  const [isRaw, setRaw] = useState(false)
  if (!pieces) return <JsonBlock value={call.result} label={label} />
  return (
    <section aria-label={isRaw ? undefined : label} className="flex flex-col items-start gap-2">
      {isRaw ? (
        <div className="w-full">
          <JsonBlock value={call.result} label={label} />
        </div>
      ) : (
        pieces.map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes, so a piece keeps its place.
          <PieceView key={at} piece={piece} label={`${label}, part ${at + 1}`} />
        ))
      )}
      <Button size="sm" variant="ghost" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
        {isRaw ? 'Show it as it is' : 'Show raw JSON'}
      </Button>
    </section>
  )
}

function PieceView({ piece, label }: { piece: Piece; label: string }) {
  switch (piece.kind) {
    case 'data':
      return (
        <div className="w-full">
          <JsonBlock value={piece.value} label={label} />
        </div>
      )
    case 'words':
      return <p className="m-0 max-h-64 w-full overflow-y-auto text-xs break-words whitespace-pre-wrap">{piece.text}</p>
    case 'picture': {
      const { type, data, width, height } = piece.picture
      return (
        <figure className="m-0 flex max-w-full flex-col gap-1">
          {/* The bytes themselves stand in the address: a picture is never fetched from anywhere. */}
          <img
            src={`data:${type};base64,${data}`}
            alt={`${label}: a picture, ${width} by ${height} pixels`}
            width={width}
            height={height}
            decoding="async"
            className="h-auto max-h-80 w-auto max-w-full self-start rounded-md border border-line bg-surface-2 object-contain"
          />
          <figcaption className="text-2xs break-all text-text-2">{piece.about.join(' · ')}</figcaption>
        </figure>
      )
    }
    case 'file':
      return (
        <div className="flex w-full flex-col gap-1">
          <About icon={<FileText size={12} aria-hidden />} about={piece.about} />
          <JsonBlock value={piece.text} label={label} />
        </div>
      )
    case 'note':
      return <About icon={<Paperclip size={12} aria-hidden />} about={piece.about} />
  }
}

function About({ icon, about }: { icon: ReactNode; about: readonly string[] }) {
  return (
    <p className="m-0 flex items-start gap-1.5 text-xs text-text-2">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <span className="min-w-0 break-all">{about.join(' · ')}</span>
    </p>
  )
}
